import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** What is only ever added to. */
const KEPT = ['audit_events', 'audit_seals'];
const REFUSAL = 'the audit trail is only added to';

/** Who did what to whom, and the chain by which a change of it is found. */
export class Audit1763640000800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'audit_events',
        columns: [
          id,
          instant('at'),
          text('kind', 32),
          text('actor_kind', 16),
          text('actor_id', 128, true),
          text('user_id', 36, true),
          text('object_id', 128, true),
          text('address', 64),
          text('request_id', 128),
          text('surface', 32, true),
        ],
        indices: [
          { name: 'audit_events_at', columnNames: ['at', 'id'] },
          { name: 'audit_events_user', columnNames: ['user_id', 'at', 'id'] },
          { name: 'audit_events_actor', columnNames: ['actor_id', 'at', 'id'] },
          { name: 'audit_events_kind', columnNames: ['kind', 'at', 'id'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({ name: 'audit_pending', columns: [{ ...text('event_id', 36), isPrimary: true }] }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_seals',
        columns: [{ name: 'seq', type: 'bigint', isPrimary: true }, text('event_id', 36), text('hash', 64)],
        indices: [{ name: 'audit_seals_event', columnNames: ['event_id'], isUnique: true }],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'audit_head',
        columns: [
          { name: 'id', type: 'integer', isPrimary: true },
          { name: 'seq', type: 'bigint' },
          text('hash', 64),
          text('mac', 128),
        ],
      }),
    );
    await runner.query(`INSERT INTO audit_head (id, seq, hash, mac) VALUES (1, 0, '', '')`);
    await (isPostgres(runner) ? keepOnPostgres(runner) : keepOnSqlite(runner));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['audit_head', 'audit_seals', 'audit_pending', 'audit_events']) {
      await runner.dropTable(name);
    }
    if (isPostgres(runner)) await runner.query('DROP FUNCTION audit_is_only_added_to()');
  }
}

function isPostgres(runner: QueryRunner): boolean {
  return runner.connection.options.type === 'postgres';
}

async function keepOnPostgres(runner: QueryRunner): Promise<void> {
  await runner.query(
    `CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql
     AS $$ BEGIN RAISE EXCEPTION '${REFUSAL}'; END $$`,
  );
  for (const table of KEPT) {
    await runner.query(
      `CREATE TRIGGER ${table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
       FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()`,
    );
  }
}

async function keepOnSqlite(runner: QueryRunner): Promise<void> {
  for (const table of KEPT) {
    for (const verb of ['UPDATE', 'DELETE']) {
      await runner.query(
        `CREATE TRIGGER ${table}_kept_${verb.toLowerCase()} BEFORE ${verb} ON ${table}
         BEGIN SELECT RAISE(ABORT, '${REFUSAL}'); END`,
      );
    }
  }
}
