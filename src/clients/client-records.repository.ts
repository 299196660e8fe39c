import { Injectable } from '@nestjs/common';
import { searchKeyEnd, searchKeyOf } from '../common/search-key.js';
import type { Db, Tx } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { join, sql } from '../database/sql.js';
import type { ClientRecord, ClientSecret, ClientState } from './client.js';

interface ClientRow {
  id: string;
  state: ClientState;
  grants: string;
  scopes: string;
  created_at: number | string;
  updated_at: number | string;
}

interface SecretRow {
  id: string;
  client_id: string;
  hint: string | null;
  created_at: number | string;
}

/** Which clients; null is every one. */
export interface ClientFilter {
  /** The beginning of the id, in whatever case. */
  readonly prefix: string | null;
  readonly state: ClientState | null;
}

const COLUMNS = sql`id, state, grants, scopes, created_at, updated_at`;

/** OAuth clients with their secrets, as administrators see and handle them. */
@Injectable()
export class ClientRecordsRepository {
  /** Up to `limit` clients after `afterId`, by their ids in lower case. */
  async findPage(
    db: Db,
    { prefix, state }: ClientFilter,
    page: { afterId: string; limit: number },
  ): Promise<ClientRecord[]> {
    const key = searchKeyOf(prefix ?? '');
    const after = searchKeyOf(page.afterId);
    // A cursor among those that match is the one lower bound, and the index is entered there.
    const isFirst = after === '';
    const begins = isFirst || !after.startsWith(key) ? sql`AND search_key >= ${key}` : sql``;
    const goesOn = isFirst ? sql`` : sql`AND (search_key, id) > (${after}, ${page.afterId})`;
    const inState = state === null ? sql`AND state <> 'deleted'` : sql`AND state = ${state}`;
    const rows = await db.query<ClientRow>(
      sql`SELECT ${COLUMNS} FROM clients
          WHERE search_key < ${searchKeyEnd(key)} ${begins} ${goesOn} ${inState}
          ORDER BY search_key, id LIMIT ${page.limit}`,
    );
    return this.withSecrets(db, rows);
  }

  async find(db: Db, id: string): Promise<ClientRecord | null> {
    const rows = await db.query<ClientRow>(
      sql`SELECT ${COLUMNS} FROM clients WHERE id = ${id} AND state <> 'deleted'`,
    );
    return (await this.withSecrets(db, rows))[0] ?? null;
  }

  /** The same, with every other writer waiting until this unit of work has ended. */
  async findForUpdate(tx: Tx, id: string): Promise<ClientRecord | null> {
    const rows = await tx.query<ClientRow>(
      sql`UPDATE clients SET updated_at = updated_at WHERE id = ${id} AND state <> 'deleted'
          RETURNING ${COLUMNS}`,
    );
    return (await this.withSecrets(tx, rows))[0] ?? null;
  }

  async insertSecret(
    tx: Tx,
    clientId: string,
    secret: { id: string; digest: string; hint: string; now: number },
  ): Promise<void> {
    await tx.execute(
      sql`INSERT INTO client_secrets (id, client_id, digest, hint, created_at)
          VALUES (${secret.id}, ${clientId}, ${secret.digest}, ${secret.hint}, ${secret.now})`,
    );
    await this.touch(tx, clientId, secret.now);
  }

  /** Answers whether the client had it. */
  async removeSecret(tx: Tx, clientId: string, id: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`DELETE FROM client_secrets WHERE client_id = ${clientId} AND id = ${id} RETURNING id`,
    );
    await this.touch(tx, clientId, now);
    return rows.length > 0;
  }

  private async touch(tx: Tx, clientId: string, now: number): Promise<void> {
    await tx.execute(sql`UPDATE clients SET updated_at = ${now} WHERE id = ${clientId}`);
  }

  private async withSecrets(db: Db, clients: readonly ClientRow[]): Promise<ClientRecord[]> {
    if (clients.length === 0) return [];
    const rows = await db.query<SecretRow>(
      sql`SELECT id, client_id, hint, created_at FROM client_secrets
          WHERE client_id IN (${join(clients.map(({ id }) => id))}) ORDER BY id`,
    );
    return clients.map((client) => ({
      id: client.id,
      state: client.state,
      grants: asTexts(client.grants),
      scopes: asTexts(client.scopes),
      secrets: rows.filter((row) => row.client_id === client.id).map(toSecret),
      createdAt: Number(client.created_at),
      updatedAt: Number(client.updated_at),
    }));
  }
}

function toSecret(row: SecretRow): ClientSecret {
  return { id: row.id, hint: row.hint ?? '', createdAt: Number(row.created_at) };
}
