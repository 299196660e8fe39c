import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';
import { id, instant, text } from './columns.js';

/** Deletes a row with the one that it belongs to. */
const owned = (table: string, column: string, owner: string) => ({
  name: `${table}_${owner}_fk`,
  columnNames: [column],
  referencedTableName: owner,
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});

const flag = (name: string) => ({ name, type: 'boolean' });

/** Sessions of browsers in which nobody is signed in, and the collaborators of videos whom they let look (002). */
export class Collaborators1763640000710 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'guest_sessions',
        columns: [
          id,
          text('surface', 32),
          text('digest', 64),
          instant('created_at'),
          instant('expires_at'),
          instant('idle_ttl'),
          instant('last_used_at'),
          instant('revoked_at', true),
          text('successor_id', 36, true),
          text('address', 64),
          text('user_agent', 256),
        ],
        indices: [
          { name: 'guest_sessions_digest', columnNames: ['digest'], isUnique: true },
          { name: 'guest_sessions_expires', columnNames: ['expires_at'] },
          { name: 'guest_sessions_revoked', columnNames: ['revoked_at'] },
          { name: 'guest_sessions_successor', columnNames: ['successor_id'] },
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'videos',
        columns: [
          { name: 'id', type: 'bigint', isPrimary: true },
          text('owner_id', 36),
          instant('created_at'),
        ],
        indices: [{ name: 'videos_owner', columnNames: ['owner_id'] }],
        foreignKeys: [owned('videos', 'owner_id', 'users')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'collaborators',
        columns: [
          id,
          { name: 'video_id', type: 'bigint' },
          text('email', 254),
          text('name', 150),
          flag('can_download'),
          flag('can_comment'),
          instant('created_at'),
          instant('expires_at'),
        ],
        indices: [
          { name: 'collaborators_video', columnNames: ['video_id', 'email'], isUnique: true },
          { name: 'collaborators_expires', columnNames: ['expires_at'] },
        ],
        foreignKeys: [owned('collaborators', 'video_id', 'videos')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'collaborator_tokens',
        columns: [
          { ...text('digest', 64), isPrimary: true },
          text('collaborator_id', 36),
          instant('created_at'),
          instant('expires_at'),
        ],
        indices: [
          { name: 'collaborator_tokens_collaborator', columnNames: ['collaborator_id'] },
          { name: 'collaborator_tokens_expires', columnNames: ['expires_at'] },
        ],
        foreignKeys: [owned('collaborator_tokens', 'collaborator_id', 'collaborators')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'collaborator_sessions',
        columns: [
          { ...text('session_id', 36), isPrimary: true },
          { ...text('collaborator_id', 36), isPrimary: true },
          instant('expires_at'),
        ],
        indices: [
          { name: 'collaborator_sessions_collaborator', columnNames: ['collaborator_id'] },
          { name: 'collaborator_sessions_expires', columnNames: ['expires_at'] },
        ],
        foreignKeys: [owned('collaborator_sessions', 'collaborator_id', 'collaborators')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    const newestFirst = ['collaborator_sessions', 'collaborator_tokens', 'collaborators', 'videos'];
    for (const table of [...newestFirst, 'guest_sessions']) await runner.dropTable(table);
  }
}
