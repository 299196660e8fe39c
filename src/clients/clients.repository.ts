import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { searchKeyOf } from '../common/search-key.js';
import { join, sql } from '../database/sql.js';
import type { Client, ClientState } from './client.js';

interface ClientRow {
  id: string;
  grants: string;
  scopes: string;
  grant_epoch: number;
}

/** OAuth clients and their secrets. */
@Injectable()
export class ClientsRepository {
  /** The active client of this id that has a secret with one of these digests. */
  async findBySecret(db: Db, id: string, digests: readonly string[]): Promise<Client | null> {
    const [row] = await db.query<ClientRow>(
      sql`SELECT c.id, c.grants, c.scopes, c.grant_epoch FROM clients c
          WHERE c.id = ${id} AND c.state = 'active' AND EXISTS (
            SELECT 1 FROM client_secrets s WHERE s.client_id = c.id AND s.digest IN (${join(digests)}))`,
    );
    return row ? toClient(row) : null;
  }

  async findActive(db: Db, id: string): Promise<Client | null> {
    const [row] = await db.query<ClientRow>(
      sql`SELECT id, grants, scopes, grant_epoch FROM clients WHERE id = ${id} AND state = 'active'`,
    );
    return row ? toClient(row) : null;
  }

  /**
   * Makes a client that may do nothing; answers false when there is one. What was issued to a deleted one
   * of that id stays ended: its epoch goes on.
   */
  async insert(tx: Tx, id: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`INSERT INTO clients (id, search_key, state, grants, scopes, grant_epoch, created_at, updated_at)
          VALUES (${id}, ${searchKeyOf(id)}, 'active', '[]', '[]', 0, ${now}, ${now})
          ON CONFLICT (id) DO UPDATE SET state = 'active', created_at = excluded.created_at,
            updated_at = excluded.updated_at WHERE clients.state = 'deleted' RETURNING id`,
    );
    return rows.length > 0;
  }

  async setAllowed(
    tx: Tx,
    id: string,
    allowed: { grants: readonly string[]; scopes: readonly string[]; now: number },
  ): Promise<void> {
    await tx.execute(
      sql`UPDATE clients SET grants = ${JSON.stringify(allowed.grants)},
            scopes = ${JSON.stringify(allowed.scopes)}, updated_at = ${allowed.now} WHERE id = ${id}`,
    );
  }

  /** Disabling ends what was issued to the client; answers whether anything changed. */
  async setState(tx: Tx, id: string, state: ClientState, now: number): Promise<boolean> {
    const ended = state === 'disabled' ? 1 : 0;
    const rows = await tx.query(
      sql`UPDATE clients SET state = ${state}, grant_epoch = grant_epoch + ${ended}, updated_at = ${now}
          WHERE id = ${id} AND state <> ${state} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Ends what was issued to the client, and its secrets; its id may be given again. */
  async remove(tx: Tx, id: string, now: number): Promise<void> {
    await tx.execute(
      sql`UPDATE clients SET state = 'deleted', grants = '[]', scopes = '[]',
            grant_epoch = grant_epoch + 1, updated_at = ${now} WHERE id = ${id}`,
    );
    await tx.execute(sql`DELETE FROM client_secrets WHERE client_id = ${id}`);
  }

  /** Puts these secrets in the place of all that there are. */
  async replaceSecrets(
    tx: Tx,
    clientId: string,
    secrets: readonly { id: string; digest: string }[],
    now: number,
  ): Promise<void> {
    await tx.execute(sql`DELETE FROM client_secrets WHERE client_id = ${clientId}`);
    for (const { id, digest } of secrets) {
      await tx.execute(
        sql`INSERT INTO client_secrets (id, client_id, digest, created_at)
            VALUES (${id}, ${clientId}, ${digest}, ${now})`,
      );
    }
  }
}

function toClient(row: ClientRow): Client {
  return { id: row.id, grants: asTexts(row.grants), scopes: asTexts(row.scopes), epoch: row.grant_epoch };
}
