import { isPermission } from '../common/permissions.js';
import { lowerOf, type Level } from '../common/levels.js';
import type { Principal } from '../common/security/principal.js';
import { asTexts } from '../database/rows.js';
import { sql } from '../database/sql.js';
import type { CredentialUse, PendingNeed } from './grant.js';
import { toUserSummary, USER_COLUMNS, type UserRow } from '../users/user-rows.js';

/** A credential with its grant and user: all that decides whether it counts. */
export interface CredentialRow extends UserRow {
  c_id: string;
  c_use: CredentialUse;
  c_digest: string;
  c_expires_at: number;
  c_consumed_at: number | null;
  g_id: string;
  g_client_id: string | null;
  /** 1 when the client, if there is one, is active and has not had its tokens ended since. */
  g_client_counts: number;
  g_surface: string;
  g_needs: PendingNeed | null;
  g_scope: string;
  g_epoch: number;
  g_level: Level | null;
  g_networks: string | null;
  g_permissions: string | null;
  g_created_at: number;
  g_address: string;
  g_description: string;
  g_authenticated_at: number;
  g_expires_at: number;
  g_idle_ttl: number | null;
  g_last_used_at: number;
  g_revoked_at: number | null;
}

/** Of table alias `g`: 1 when no client stands behind the grant, or one whose tokens count. */
export const CLIENT_COUNTS = sql`CASE WHEN g.client_id IS NULL OR EXISTS (SELECT 1 FROM clients cl
  WHERE cl.id = g.client_id AND cl.state = 'active' AND cl.grant_epoch = g.client_epoch) THEN 1 ELSE 0 END`;

export const CREDENTIAL_COLUMNS = sql`c.id AS c_id, c.use AS c_use, c.digest AS c_digest, c.expires_at AS c_expires_at, c.consumed_at AS c_consumed_at,
  g.id AS g_id, g.client_id AS g_client_id,
  ${CLIENT_COUNTS} AS g_client_counts, g.surface AS g_surface, g.needs AS g_needs, g.scope AS g_scope,
  g.epoch AS g_epoch, g.level AS g_level, g.networks AS g_networks, g.permissions AS g_permissions, g.authenticated_at AS g_authenticated_at, g.created_at AS g_created_at, g.address AS g_address,
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
    via: row.c_use === 'key' ? 'key' : 'session',
    level: row.g_level === null ? row.u_level : lowerOf(row.g_level, row.u_level),
    permissionCap: row.g_permissions === null ? null : asTexts(row.g_permissions).filter(isPermission),
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
