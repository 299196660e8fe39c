import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import type { Principal } from '../common/security/principal.js';
import { isAddressIn } from '../common/networks.js';
import { Reader } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { Fence } from '../fence/fence.service.js';
import { grantSubject, userSubject } from '../fence/subject.js';
import { toPrincipal, type CredentialRow } from './credential-rows.js';
import { GrantUse } from './grant-use.service.js';
import {
  AddressNotAllowed,
  CredentialExpired,
  CredentialRevoked,
  CredentialUnknown,
  OwnerBlocked,
} from './grants.errors.js';
import { GrantsRepository } from './grants.repository.js';
import { AccessTokens } from './jwt/access-tokens.service.js';
import { PrincipalCache, type CachedPrincipal } from './principal-cache.js';

/** The surface name under which the native API asks: it honours the credentials of every surface. */
export const NATIVE_SURFACE = 'native';

/** Where every carrier ends: a secret goes in, a principal comes out. */
@Injectable()
export class CredentialResolver {
  constructor(
    private readonly fence: Fence,
    private readonly cache: PrincipalCache,
    private readonly repository: GrantsRepository,
    private readonly reader: Reader,
    private readonly accessTokens: AccessTokens,
    private readonly use: GrantUse,
    private readonly clock: Clock,
  ) {}

  /**
   * The principal behind an opaque token or a JWT shown from `address`, as of after this call: whatever
   * was revoked before it began is refused. A JWT is verified once while its copy is cached. Writes
   * nothing; the time of use is noted in memory.
   * @throws CredentialUnknown, CredentialForged, CredentialExpired, CredentialRevoked, OwnerBlocked,
   *   AddressNotAllowed
   */
  async resolve(secret: string, surface: string, address: string): Promise<Principal> {
    const digest = digestOf(secret);
    await this.fence.passed();
    const now = this.clock.now();
    const cached = this.cache.find(digest, now);
    const entry = cached && this.isInTime(cached, now) ? cached : await this.read(secret, digest, now);
    if (surface !== NATIVE_SURFACE && surface !== entry.surface) throw new CredentialUnknown();
    if (!isAddressIn(entry.networks, address)) throw new AddressNotAllowed();
    this.use.note(entry.grantId, now);
    return entry.principal;
  }

  private async read(secret: string, digest: string, now: number): Promise<CachedPrincipal> {
    const position = this.fence.position;
    const isJwt = secret.includes('.');
    if (isJwt) await this.accessTokens.verify(secret);
    const row = await this.repository.findCredential(this.reader, digest);
    // A JWT that we signed and no longer know was given once, and has been cleaned away.
    if (row === null) throw isJwt ? new CredentialRevoked() : new CredentialUnknown();
    const entry = this.toEntry(row, now);
    this.cache.store(digest, entry, position);
    return entry;
  }

  private toEntry(row: CredentialRow, now: number): CachedPrincipal {
    if (row.u_state !== 'active') throw new OwnerBlocked();
    if (row.g_revoked_at !== null || row.g_epoch !== row.u_grant_epoch || row.c_consumed_at !== null) {
      throw new CredentialRevoked();
    }
    const entry: CachedPrincipal = {
      principal: toPrincipal(row),
      surface: row.g_surface,
      grantId: row.g_id,
      networks: asTexts(row.u_networks),
      subjects: [userSubject(row.u_id), grantSubject(row.g_id)],
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
