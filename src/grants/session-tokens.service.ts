import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { Config } from '../config/config.js';
import type { CredentialFormat } from './grant.js';
import { AccessTokens } from './jwt/access-tokens.service.js';

/** The secret of a session that is about to be opened; nothing is stored of it yet. Times in ms since 1970. */
export interface SessionToken {
  readonly grantId: string;
  readonly token: string;
  readonly format: CredentialFormat;
  readonly expiresAt: number;
  /** Milliseconds without use after which the session ends; null when only `expiresAt` ends it. */
  readonly idleTtl: number | null;
}

/** Makes the secrets of sessions, before the unit of work that keeps their digests: signing takes time. */
@Injectable()
export class SessionTokens {
  constructor(
    private readonly config: Config,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** 40 hex characters, 160 random bits; ends by idling and by its absolute age. */
  opaque(): SessionToken {
    return {
      grantId: newId(),
      token: randomBytes(20).toString('hex'),
      format: 'opaque',
      expiresAt: this.clock.now() + Math.ceil(this.config.sessions.absoluteTtl),
      idleTtl: Math.ceil(this.config.sessions.idleTtl),
    };
  }

  /** A signed JWT with a surface's own claims; it lives `ACCESS_TOKEN_TTL`, to the second. */
  async jwt(session: { userId: string; surface: string; claims: object }): Promise<SessionToken> {
    const grantId = newId();
    const expiresAt = Math.ceil((this.clock.now() + this.config.tokens.accessTtl) / SECOND) * SECOND;
    const token = await this.accessTokens.sign({ ...session, grantId, expiresAt });
    return { grantId, token, format: 'jwt', expiresAt, idleTtl: null };
  }
}
