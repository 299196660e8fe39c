import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import type { Principal } from '../common/security/principal.js';
import { isAddressIn } from '../common/networks.js';
import { Reader } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { Fence } from '../fence/fence.service.js';
import { clientSubject, grantSubject, roleSubject, userSubject, type Subject } from '../fence/subject.js';
import { toPrincipal, type CredentialRow } from './credential-rows.js';
import { GuestSessionsRepository, type GuestSession } from './guest-sessions.repository.js';
import type { CredentialUse } from './grant.js';
import { GrantUse } from './grant-use.service.js';
import {
  AddressNotAllowed,
  CredentialExpired,
  CredentialForged,
  CredentialRevoked,
  CredentialUnknown,
  OwnerBlocked,
} from './grants.errors.js';
import { GrantsRepository } from './grants.repository.js';
import { AccessTokens, type AccessClaims } from './jwt/access-tokens.service.js';
import { KeyDigests } from './key-digests.service.js';
import { KeySecrets } from './key-secrets.js';
import { PrincipalCache, type CachedPrincipal } from './principal-cache.js';

/** The surface name under which the native API asks: it honours the credentials of every surface. */
export const NATIVE_SURFACE = 'native';

/** A secret as it was shown: what it is shown as, at which surface, from where. */
export interface Shown {
  readonly secret: string;
  readonly use: Exclude<CredentialUse, 'refresh'>;
  readonly surface: string;
  readonly address: string;
}

/** Where every carrier ends: a secret goes in, a principal comes out. */
@Injectable()
export class CredentialResolver {
  constructor(
    private readonly fence: Fence,
    private readonly cache: PrincipalCache,
    private readonly repository: GrantsRepository,
    private readonly guests: GuestSessionsRepository,
    private readonly reader: Reader,
    private readonly accessTokens: AccessTokens,
    private readonly keySecrets: KeySecrets,
    private readonly keyDigests: KeyDigests,
    private readonly use: GrantUse,
    private readonly clock: Clock,
  ) {}

  /**
   * The principal behind a secret, as of after this call: whatever was revoked before it began is
   * refused. A JWT is verified once while its copy is cached. Writes nothing; the time of use is noted
   * in memory. A cookie that no user has may be a guest's. A permanent key counts wherever its carrier does, every other secret at the surface
   * that gave it and at the native API.
   * @throws CredentialUnknown, CredentialForged, CredentialExpired, CredentialRevoked, OwnerBlocked,
   *   AddressNotAllowed
   */
  async resolve(shown: Shown): Promise<Principal> {
    const digest = digestOf(shown.secret);
    await this.fence.passed();
    const now = this.clock.now();
    const cached = this.cache.find(digest, now);
    const entry = cached && this.isInTime(cached, now) ? cached : await this.read(shown, digest, now);
    if (entry.use !== shown.use || !isHonouredAt(shown.surface, entry)) throw new CredentialUnknown();
    if (!entry.networks.every((networks) => isAddressIn(networks, shown.address))) {
      throw new AddressNotAllowed();
    }
    this.use.note(entry.grantId, now);
    return entry.principal;
  }

  private async read(shown: Shown, digest: string, now: number): Promise<CachedPrincipal> {
    const position = this.fence.position;
    const isJwt = shown.use === 'access' && shown.secret.includes('.');
    const claims = isJwt ? await this.accessTokens.verify(shown.secret) : null;
    const digests = shown.use === 'key' ? this.keySecrets.digestsOf(shown.secret) : [digest];
    const row =
      digests.length > 0 ? await this.repository.findCredential(this.reader, digests, shown.use) : null;
    if (row === null && shown.use === 'cookie') return this.readGuest(digest, now);
    // A JWT that we signed and no longer know was given once, and has been cleaned away.
    if (row === null) throw isJwt ? new CredentialRevoked() : new CredentialUnknown();
    if (claims && !isOf(claims, row)) throw new CredentialForged('signature');
    const entry = this.toEntry(row, now);
    this.cache.store(digest, entry, position);
    if (shown.use === 'key') this.renewDigest(shown.secret, row);
    return entry;
  }

  /** Never cached: a guest asks seldom, and whatever he may see is read from the database each time. */
  private async readGuest(digest: string, now: number): Promise<CachedPrincipal> {
    const guest = await this.guests.find(this.reader, digest);
    if (guest === null) throw new CredentialUnknown();
    if (guest.isRevoked) throw new CredentialRevoked();
    const entry = entryOf(guest, digest, now);
    if (!this.isInTime(entry, now)) throw new CredentialExpired();
    return entry;
  }

  private renewDigest(secret: string, row: CredentialRow): void {
    const digest = this.keySecrets.digestOf(secret);
    if (digest !== row.c_digest) this.keyDigests.renew(row.c_id, digest);
  }

  private toEntry(row: CredentialRow, now: number): CachedPrincipal {
    if (row.u_state !== 'active') throw new OwnerBlocked();
    if (row.g_client_counts !== 1) throw new CredentialRevoked();
    if (row.g_revoked_at !== null || row.g_epoch !== row.u_grant_epoch || row.c_consumed_at !== null) {
      throw new CredentialRevoked();
    }
    const entry: CachedPrincipal = {
      principal: toPrincipal(row),
      use: row.c_use,
      surface: row.g_surface,
      grantId: row.g_id,
      networks: [asTexts(row.u_networks), asTexts(row.g_networks)].filter((list) => list.length > 0),
      subjects: subjectsOf(row),
      expiresAt: Math.min(row.c_expires_at, row.g_expires_at),
      idleTtl: row.g_idle_ttl,
      lastUsedAt: row.g_last_used_at,
      storedAt: now,
    };
    if (!this.isInTime(entry, now)) throw new CredentialExpired();
    return entry;
  }

  /** A copy that seems idle is read again: another node may have seen it used. */
  private isInTime(entry: CachedPrincipal, now: number): boolean {
    if (now >= entry.expiresAt) return false;
    if (entry.idleTtl === null) return true;
    return now < Math.max(entry.lastUsedAt, this.use.lastUseOf(entry.grantId)) + entry.idleTtl;
  }
}

function entryOf(guest: GuestSession, digest: string, now: number): CachedPrincipal {
  const { id, surface, expiresAt, idleTtl, lastUsedAt } = guest;
  return {
    principal: { kind: 'guest', sessionId: id, digest },
    use: 'cookie',
    surface,
    grantId: id,
    networks: [],
    subjects: [],
    expiresAt,
    idleTtl,
    lastUsedAt,
    storedAt: now,
  };
}

function isHonouredAt(surface: string, { use, surface: own }: CachedPrincipal): boolean {
  return use === 'key' || surface === NATIVE_SURFACE || surface === own;
}

/** A JWT opens the one session that it names, at the surface that it names. */
function isOf(claims: AccessClaims, row: CredentialRow): boolean {
  const hasId = typeof claims.jti === 'string' && claims.jti !== '';
  return hasId && claims.sid === row.g_id && claims.sub === row.u_id && claims.aud === row.g_surface;
}

function subjectsOf(row: CredentialRow): Subject[] {
  return [
    userSubject(row.u_id),
    grantSubject(row.g_id),
    ...(row.u_role_id === null ? [] : [roleSubject(row.u_role_id)]),
    ...(row.g_client_id === null ? [] : [clientSubject(row.g_client_id)]),
  ];
}
