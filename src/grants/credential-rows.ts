import type { PendingNeed } from './grant.js';
import type { Principal } from '../common/security/principal.js';
import { asTexts } from '../database/rows.js';
import { sql } from '../database/sql.js';
import { toUserSummary, USER_COLUMNS, type UserRow } from '../users/user-rows.js';

/** A credential with its grant and user: all that decides whether it counts. */
export interface CredentialRow extends UserRow {
  c_digest: string;
  c_expires_at: number;
  c_consumed_at: number | null;
  g_id: string;
  g_client_id: string | null;
  g_surface: string;
  g_needs: PendingNeed | null;
  g_scope: string;
  g_epoch: number;
  g_created_at: number;
  g_address: string;
  g_description: string;
  g_authenticated_at: number;
  g_expires_at: number;
  g_idle_ttl: number | null;
  g_last_used_at: number;
  g_revoked_at: number | null;
}

export const CREDENTIAL_COLUMNS = sql`c.digest AS c_digest, c.expires_at AS c_expires_at, c.consumed_at AS c_consumed_at,
  g.id AS g_id, g.client_id AS g_client_id, g.surface AS g_surface, g.needs AS g_needs, g.scope AS g_scope,
  g.epoch AS g_epoch, g.authenticated_at AS g_authenticated_at, g.created_at AS g_created_at, g.address AS g_address,
  g.description AS g_description, g.expires_at AS g_expires_at,
  g.idle_ttl AS g_idle_ttl, g.last_used_at AS g_last_used_at, g.revoked_at AS g_revoked_at, ${USER_COLUMNS}`;

/** The principal that a live credential stands for. */
export function toPrincipal(row: CredentialRow): Principal {
  if (row.g_needs !== null)
    return { kind: 'pending', userId: row.u_id, grantId: row.g_id, needs: row.g_needs };
  return {
    kind: 'user',
    userId: row.u_id,
    grantId: row.g_id,
    clientId: row.g_client_id,
    level: row.u_level,
    roles: asTexts(row.u_roles),
    scope: asTexts(row.g_scope),
    surface: row.g_surface,
    authenticatedAt: row.g_authenticated_at,
    session: {
      digest: row.c_digest,
      createdAt: row.g_created_at,
      expiresAt: Math.min(row.c_expires_at, row.g_expires_at),
      address: row.g_address,
      description: row.g_description,
    },
    user: toUserSummary(row),
  };
}
