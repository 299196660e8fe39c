import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { isAddressIn } from '../common/networks.js';
import type { Actor } from '../common/actor.js';
import type { UserSummary } from '../common/security/principal.js';
import { Reader, type Tx } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { toUserSummary } from '../users/user-rows.js';
import type { CredentialRow } from './credential-rows.js';
import { GrantUse } from './grant-use.service.js';
import { RefreshRefused, RefreshReused } from './grants.errors.js';
import { GrantsRepository } from './grants.repository.js';
import { RefreshTokens } from './refresh-tokens.js';
import { SessionTokens } from './session-tokens.service.js';
import { Sessions } from './sessions.service.js';

/** How long a used token still gives its successor, for tabs that race (contract 4.4). */
const RACE = 30 * SECOND;

/** A refresh token as it was shown at a surface. */
export interface Refresh {
  readonly surface: string;
  readonly refreshToken: string;
  /** The claims of the new JWT, in the surface's own words. */
  readonly claimsOf: (user: UserSummary) => object | Promise<object>;
}

export interface Refreshed {
  readonly token: string;
  readonly refreshToken: string;
}

/** Goes on with a session beyond its access token. */
@Injectable()
export class RefreshSessions {
  constructor(
    private readonly repository: GrantsRepository,
    private readonly refreshTokens: RefreshTokens,
    private readonly sessionTokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly use: GrantUse,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Replaces a refresh token by a new pair of the same session; of any number that race one does so,
   * and for 30 s the others get the same successor. Used again later, it is in the wrong hands: the
   * session ends with all its tokens, on every node. No token outlives the session's own end, which
   * a refresh does not move.
   * @throws RefreshRefused, RefreshReused
   * Spec: 003 reference note 1.4; contract 4.4; RFC 9700 4.14.2.
   */
  async refresh(actor: Actor, { surface, refreshToken, claimsOf }: Refresh): Promise<Refreshed> {
    const row = await this.find(refreshToken);
    if (!row || !this.mayRefresh(row, surface, actor.address)) throw new RefreshRefused();
    const access = await this.sessionTokens.accessOf({
      grantId: row.g_id,
      userId: row.u_id,
      surface,
      claims: await claimsOf(toUserSummary(row)),
      latest: row.g_expires_at,
    });
    const successor = await this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.authorityForUpdate(tx, row.g_id))) throw new RefreshRefused();
      const next = await this.next(tx, row, refreshToken);
      if (next === null) await this.sessions.end(tx, actor, row.g_id, 'refresh-reuse');
      else await this.sessions.keep(tx, row.g_id, { use: 'access', ...access });
      return next;
    });
    if (successor === null) throw new RefreshReused();
    this.use.note(row.g_id, this.clock.now());
    return { token: access.token, refreshToken: successor };
  }

  /** The token that follows: made now, or by who was first a moment ago; null when that was too long ago. */
  private async next(tx: Tx, row: CredentialRow, refreshToken: string): Promise<string | null> {
    const now = this.clock.now();
    if (await this.repository.consume(tx, row.c_id, now)) {
      const token = this.refreshTokens.successorOf(refreshToken);
      const expiresAt = row.c_expires_at;
      await this.sessions.keep(tx, row.g_id, { use: 'refresh', format: 'opaque', token, expiresAt });
      return token;
    }
    const used = await this.repository.findCredential(tx, [digestOf(refreshToken)], 'refresh');
    if (!used?.c_consumed_at || now - used.c_consumed_at > RACE) return null;
    for (const token of this.refreshTokens.successorsOf(refreshToken)) {
      if (await this.repository.findCredential(tx, [digestOf(token)], 'refresh')) return token;
    }
    return null;
  }

  private find(refreshToken: string): Promise<CredentialRow | null> {
    return this.repository.findCredential(this.reader, [digestOf(refreshToken)], 'refresh');
  }

  /** Also a token used before passes here: what becomes of it is decided in the unit of work. */
  private mayRefresh(row: CredentialRow, surface: string, address: string): boolean {
    const isLive = row.u_state === 'active' && row.g_revoked_at === null && row.g_epoch === row.u_grant_epoch;
    const isInTime = this.clock.now() < Math.min(row.c_expires_at, row.g_expires_at);
    return isLive && isInTime && row.g_surface === surface && isAddressIn(asTexts(row.u_networks), address);
  }
}
