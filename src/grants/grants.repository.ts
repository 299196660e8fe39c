import { Injectable } from '@nestjs/common';
import { lowerOf, type Level, type UserType } from '../common/levels.js';
import { isPermission, type Authority } from '../common/permissions.js';
import type { Db, Tx } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { join, sql } from '../database/sql.js';
import { hourOf } from '../figures/figure.js';
import { CLIENT_COUNTS, CREDENTIAL_COLUMNS, type CredentialRow } from './credential-rows.js';
import type { CredentialEntity, GrantEntity } from './grant.entity.js';
import type { CredentialUse } from './grant.js';

interface AuthorityRow {
  type: UserType;
  level: Level;
  cap_level: Level | null;
  cap: string | null;
  permissions: string | null;
}

/** Grants and their credentials. */
@Injectable()
export class GrantsRepository {
  /**
   * Writes a grant only if nobody ended the user's sessions since `grant.epoch` was read and, for a
   * session, he is active: one statement, so a sign-in in flight does not survive a password change.
   * The same holds for the client, where one is named. A permanent key may be given while he is not; it counts once he is. Answers whether it did.
   */
  async insertIfCurrent(tx: Tx, grant: Omit<GrantEntity, 'attempts'>): Promise<boolean> {
    const ofClient =
      grant.clientId === null
        ? sql``
        : sql`AND EXISTS (SELECT 1 FROM clients cl WHERE cl.id = ${grant.clientId} AND cl.state = 'active'
            AND cl.grant_epoch = ${grant.clientEpoch})`;
    // Without it a user who is deleted at this moment breaks the foreign key.
    const lock = tx.dialect === 'postgres' ? sql`FOR KEY SHARE OF u` : sql``;
    const rows = await tx.query(
      sql`INSERT INTO grants (id, user_id, client_id, client_epoch, surface, kind, needs, scope, level, permissions, networks, epoch, created_at,
            authenticated_at, expires_at, idle_ttl, last_used_at, revoked_at, revoke_reason, address,
            user_agent, description)
          SELECT ${grant.id}, u.id, ${grant.clientId}, ${grant.clientEpoch}, ${grant.surface}, ${grant.kind}, ${grant.needs},
            ${JSON.stringify(grant.scope)}, ${grant.level},
            ${grant.permissions && JSON.stringify(grant.permissions)}, ${grant.networks && JSON.stringify(grant.networks)}, u.grant_epoch, ${grant.createdAt}, ${grant.authenticatedAt},
            ${grant.expiresAt}, ${grant.idleTtl}, ${grant.lastUsedAt}, NULL, NULL, ${grant.address},
            ${grant.userAgent}, ${grant.description}
          FROM users u WHERE u.id = ${grant.userId} AND u.grant_epoch = ${grant.epoch}
            AND (u.state = 'active' OR ${grant.kind} = 'permanent') ${ofClient} ${lock}
          RETURNING id`,
    );
    return rows.length > 0;
  }

  async insertCredential(tx: Tx, credential: CredentialEntity): Promise<void> {
    await tx.execute(
      sql`INSERT INTO credentials (id, grant_id, use, format, digest, created_at, expires_at, consumed_at)
          VALUES (${credential.id}, ${credential.grantId}, ${credential.use}, ${credential.format},
            ${credential.digest}, ${credential.createdAt}, ${credential.expiresAt}, ${credential.consumedAt})`,
    );
  }

  /** The credential with one of these digests and this use, its grant and its user; live or not. */
  async findCredential(
    db: Db,
    digests: readonly string[],
    use: CredentialUse,
  ): Promise<CredentialRow | null> {
    const [row] = await db.query<CredentialRow>(
      sql`SELECT ${CREDENTIAL_COLUMNS} FROM credentials c JOIN grants g ON g.id = c.grant_id
          JOIN users u ON u.id = g.user_id WHERE c.digest IN (${join(digests)}) AND c.use = ${use}`,
    );
    return row ?? null;
  }

  /** Keeps the same secret under another digest. */
  async redigest(tx: Tx, credentialId: string, digest: string): Promise<void> {
    await tx.execute(sql`UPDATE credentials SET digest = ${digest} WHERE id = ${credentialId}`);
  }

  /** Uses a credential up in one statement: of any number that race, one is told true. */
  async consume(tx: Tx, credentialId: string, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE credentials SET consumed_at = ${now}
          WHERE id = ${credentialId} AND consumed_at IS NULL RETURNING id`,
    );
    return rows.length > 0;
  }

  /**
   * What the grant gives now; null when it no longer counts. Until the unit ends nobody can end the
   * user's sessions or lower him, so what is written after this is written while the grant counts.
   */
  async authorityForUpdate(tx: Tx, grantId: string): Promise<Authority | null> {
    const lock = tx.dialect === 'postgres' ? sql`FOR NO KEY UPDATE OF u` : sql``;
    const [row] = await tx.query<AuthorityRow>(
      sql`SELECT u.type, u.level, g.level AS cap_level, g.permissions AS cap,
            (SELECT r.permissions FROM roles r WHERE r.id = u.role_id) AS permissions
          FROM grants g JOIN users u ON u.id = g.user_id
          WHERE g.id = ${grantId} AND g.revoked_at IS NULL AND g.epoch = u.grant_epoch AND u.state = 'active'
            AND ${CLIENT_COUNTS} = 1 ${lock}`,
    );
    return row ? toAuthority(row) : null;
  }

  async grantOfCookie(db: Db, digest: string): Promise<string | null> {
    const [row] = await db.query<{ grant_id: string }>(
      sql`SELECT grant_id FROM credentials WHERE digest = ${digest} AND use = 'cookie'`,
    );
    return row?.grant_id ?? null;
  }

  /** Puts another cookie in the place of the one with `digest`: of two that race one is told true. */
  async redigestCookie(tx: Tx, digest: string, newDigest: string): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE credentials SET digest = ${newDigest}
          WHERE digest = ${digest} AND use = 'cookie' AND consumed_at IS NULL RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Ends one grant; answers whose it was, or null when it was not alive. */
  async revoke(
    tx: Tx,
    grantId: string,
    reason: string,
    now: number,
  ): Promise<{ userId: string | null } | null> {
    const [row] = await tx.query<{ user_id: string | null }>(
      sql`UPDATE grants SET revoked_at = ${now}, revoke_reason = ${reason}
          WHERE id = ${grantId} AND revoked_at IS NULL RETURNING user_id`,
    );
    return row ? { userId: row.user_id } : null;
  }

  /**
   * Ends the living sessions of a user, those at `surface` if it is named, all but `keep`; his
   * permanent keys are none. Answers how many.
   */
  async revokeSessions(
    tx: Tx,
    sessions: { userId: string; surface?: string; keep?: string; reason: string; now: number },
  ): Promise<number> {
    const { userId, surface, keep, reason, now } = sessions;
    const atSurface = surface === undefined ? sql`` : sql`AND surface = ${surface}`;
    const butOne = keep === undefined ? sql`` : sql`AND id <> ${keep}`;
    const rows = await tx.query(
      sql`UPDATE grants SET revoked_at = ${now}, revoke_reason = ${reason}
          WHERE user_id = ${userId} AND kind = 'session' AND revoked_at IS NULL ${atSurface} ${butOne}
          RETURNING id`,
    );
    return rows.length;
  }

  /**
   * Notes that the owner of a grant has shown who he is, unless the grant or all of his sessions were
   * ended since `epoch` was read; answers whether it did.
   */
  async reauthenticate(tx: Tx, grantId: string, epoch: number, now: number): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE grants SET authenticated_at = ${now}
          WHERE id = ${grantId} AND epoch = ${epoch} AND revoked_at IS NULL RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Bounds a grant by a level, unless its own bound is among those that are `low` enough. */
  async lowerLevel(tx: Tx, grantId: string, low: readonly Level[], level: Level): Promise<void> {
    await tx.execute(
      sql`UPDATE grants SET level = ${level}
          WHERE id = ${grantId} AND (level IS NULL OR level NOT IN (${join(low)}))`,
    );
  }

  /** Lets one grant go on counting when the user's epoch moves from `from` to the next. */
  async carryOver(tx: Tx, grantId: string, from: number): Promise<void> {
    await tx.execute(sql`UPDATE grants SET epoch = ${from + 1} WHERE id = ${grantId} AND epoch = ${from}`);
  }

  /**
   * Moves the time of last use forward of those sessions among them that were not used yet in the hour of
   * the use; answers when each was. Of two nodes that tell of one session, one is answered.
   */
  async touchAnew(tx: Tx, uses: readonly (readonly [grantId: string, at: number])[]): Promise<number[]> {
    const values = uses.map(
      ([id, at]) => sql`(CAST(${id} AS varchar(36)), CAST(${at} AS bigint), CAST(${hourOf(at)} AS bigint))`,
    );
    const rows = await tx.query<{ last_used_at: number }>(
      sql`UPDATE grants SET last_used_at = used.column2 FROM (VALUES ${join(values)}) AS used
          WHERE grants.id = used.column1 AND grants.last_used_at < used.column3
            AND grants.kind = 'session' AND grants.needs IS NULL
          RETURNING last_used_at`,
    );
    return rows.map((row) => row.last_used_at);
  }

  /** Moves the time of last use forward, for many grants in one statement. */
  async touch(tx: Tx, uses: readonly (readonly [grantId: string, at: number])[]): Promise<void> {
    const values = uses.map(([id, at]) => sql`(CAST(${id} AS varchar(36)), CAST(${at} AS bigint))`);
    await tx.execute(
      sql`UPDATE grants SET last_used_at = used.column2 FROM (VALUES ${join(values)}) AS used
          WHERE grants.id = used.column1 AND grants.last_used_at < used.column2`,
    );
  }

  /**
   * The client to which a token was issued that has not expired before `expiredAfter`; null when
   * anything has revoked it since.
   */
  async clientOfEarlierToken(
    db: Db,
    token: { digest: string; surface: string; expiredAfter: number },
  ): Promise<string | null> {
    const [row] = await db.query<{ client_id: string | null }>(
      sql`SELECT g.client_id FROM credentials c JOIN grants g ON g.id = c.grant_id JOIN users u ON u.id = g.user_id
          WHERE c.digest = ${token.digest} AND c.use = 'access' AND c.expires_at > ${token.expiredAfter}
            AND g.surface = ${token.surface} AND g.revoked_at IS NULL
            AND g.epoch = u.grant_epoch AND u.state = 'active' AND ${CLIENT_COUNTS} = 1`,
    );
    return row?.client_id ?? null;
  }

  /** When the newest of a user's sessions was opened; null when none is kept. */
  async lastSignInOf(db: Db, userId: string): Promise<number | null> {
    const [row] = await db.query<{ created_at: number }>(
      sql`SELECT created_at FROM grants WHERE user_id = ${userId} AND kind = 'session' AND needs IS NULL
          ORDER BY id DESC LIMIT 1`,
    );
    return row?.created_at ?? null;
  }

  /** True when the user has signed in from this address since `since`. */
  async hasSignedInFrom(db: Db, userId: string, address: string, since: number): Promise<boolean> {
    const rows = await db.query(
      sql`SELECT 1 AS one FROM grants
          WHERE user_id = ${userId} AND address = ${address} AND created_at > ${since} AND needs IS NULL
          LIMIT 1`,
    );
    return rows.length > 0;
  }

  /** Deletes up to `batch` grants, with their credentials, that ended before `before`; answers how many. */
  async purge(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM grants WHERE id IN (
            SELECT id FROM grants WHERE expires_at < ${before} OR revoked_at < ${before} LIMIT ${batch}
          ) RETURNING id`,
    );
    return rows.length;
  }

  /** Deletes up to `batch` single credentials that ended before `before`; answers how many. */
  async purgeCredentials(tx: Tx, before: number, batch: number): Promise<number> {
    const rows = await tx.query(
      sql`DELETE FROM credentials WHERE id IN (
            SELECT id FROM credentials WHERE expires_at < ${before} ORDER BY expires_at LIMIT ${batch}
          ) RETURNING id`,
    );
    return rows.length;
  }
}

function toAuthority(row: AuthorityRow): Authority {
  return {
    type: row.type,
    level: row.cap_level === null ? row.level : lowerOf(row.cap_level, row.level),
    permissions: asTexts(row.permissions).filter(isPermission),
    cap: row.cap === null ? null : asTexts(row.cap).filter(isPermission),
  };
}
