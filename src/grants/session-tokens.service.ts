import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { Config } from '../config/config.js';
import type { CredentialFormat } from './grant.js';
import { AccessTokens } from './jwt/access-tokens.service.js';
import { RefreshTokens } from './refresh-tokens.js';

/** How long a sign-in waits for its second factor (contract 4.5). */
const PENDING_TTL = 10 * MINUTE;

/** The secrets of a session that is about to be opened; nothing is stored of them yet. Times in ms since 1970. */
export interface SessionToken {
  readonly grantId: string;
  readonly use: 'access' | 'cookie';
  readonly token: string;
  readonly format: CredentialFormat;
  readonly expiresAt: number;
  /** Milliseconds without use after which the session ends; null when only its age ends it. */
  readonly idleTtl: number | null;
  /** What goes on with the session when `token` has expired, where the door gives it. */
  readonly refresh: { readonly token: string; readonly expiresAt: number } | null;
}

/** An access token for a session that there is already. */
export interface FurtherToken {
  readonly token: string;
  readonly format: 'jwt';
  readonly expiresAt: number;
}

/** Makes the secrets of sessions, before the unit of work that keeps their digests: signing takes time. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly config: Config,
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly clock: Clock,
  ) {}

  /** 40 hex characters, 160 random bits; ends by idling and by its absolute age. */
  opaque(): SessionToken & { readonly idleTtl: number } {
    return {
      grantId: newId(),
      use: 'access',
      token: randomBytes(20).toString('hex'),
      format: 'opaque',
      expiresAt: this.clock.now() + Math.ceil(this.config.sessions.absoluteTtl),
      idleTtl: Math.ceil(this.config.sessions.idleTtl),
      refresh: null,
    };
  }

  /** The same secret for a cookie. */
  cookie(): SessionToken & { readonly idleTtl: number } {
    return { ...this.opaque(), use: 'cookie' };
  }

  /** The same secret for a token that lives `ACCESS_TOKEN_TTL` and does not end by idling. */
  opaqueAccess(): SessionToken {
    const expiresAt = this.clock.now() + Math.ceil(this.config.tokens.accessTtl);
    return { ...this.opaque(), expiresAt, idleTtl: null };
  }

  /** The same secret for a sign-in that waits for a second factor: ten minutes. */
  pending(use: 'access' | 'cookie'): SessionToken {
    return { ...this.opaque(), use, expiresAt: this.clock.now() + PENDING_TTL, idleTtl: null };
  }

  /**
   * A signed JWT with a surface's own claims; it lives `ACCESS_TOKEN_TTL`, to the second. With
   * `isRefreshable` a refresh token comes with it, and the session lives `REFRESH_TOKEN_TTL`.
   */
  async jwt(session: {
    userId: string;
    surface: string;
    claims: object;
    isRefreshable?: boolean;
  }): Promise<SessionToken> {
    const { isRefreshable = false, ...claimed } = session;
    const grantId = newId();
    const refreshUntil = this.clock.now() + Math.ceil(this.config.tokens.refreshTtl);
    const access = await this.accessOf({ ...claimed, grantId, latest: Number.MAX_SAFE_INTEGER });
    const refresh = isRefreshable ? { token: this.refreshTokens.first(), expiresAt: refreshUntil } : null;
    return { grantId, use: 'access', idleTtl: null, refresh, ...access };
  }

  /** A further JWT of a session; it ends no later than `latest`. */
  async accessOf(session: {
    grantId: string;
    userId: string;
    surface: string;
    claims: object;
    latest: number;
  }): Promise<FurtherToken> {
    const { latest, ...claimed } = session;
    const longest = Math.ceil((this.clock.now() + this.config.tokens.accessTtl) / SECOND) * SECOND;
    const expiresAt = Math.min(longest, latest);
    return { token: await this.accessTokens.sign({ ...claimed, expiresAt }), format: 'jwt', expiresAt };
  }
}
