import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import type { GuestPrincipal } from '../common/security/principal.js';
import type { Tx } from '../database/db.js';
import { GuestSessionsRepository } from './guest-sessions.repository.js';
import { SessionTokens } from './session-tokens.service.js';

/** A guest's session with its cookie, which is shown now and never again. */
export interface OpenedGuestSession {
  readonly sessionId: string;
  readonly cookie: string;
}

/**
 * Sessions of browsers in which nobody is signed in. They end like every other: by idling, by age, by
 * logout, and when somebody signs in. On their own they open nothing.
 */
@Injectable()
export class GuestSessions {
  constructor(
    private readonly tokens: SessionTokens,
    private readonly repository: GuestSessionsRepository,
    private readonly clock: Clock,
  ) {}

  /** Opens a session at a surface. Only the digest of its cookie is kept. */
  async open(tx: Tx, actor: Actor, surface: string): Promise<OpenedGuestSession> {
    const { grantId: id, token: cookie, expiresAt, idleTtl } = this.tokens.cookie();
    const now = this.clock.now();
    await this.repository.insert(tx, {
      id,
      surface,
      digest: digestOf(cookie),
      createdAt: now,
      expiresAt,
      idleTtl,
      lastUsedAt: now,
      revokedAt: null,
      successorId: null,
      address: actor.address.slice(0, 64),
      userAgent: actor.userAgent.slice(0, 256),
    });
    return { sessionId: id, cookie };
  }

  /**
   * Gives a guest's session another cookie: the old value is refused on the next request, on every
   * node. Null when that was done, or the session was ended, since he was let in.
   */
  async renewCookie(tx: Tx, { digest }: GuestPrincipal): Promise<string | null> {
    const { token } = this.tokens.cookie();
    const change = { digest, newDigest: digestOf(token), now: this.clock.now() };
    return (await this.repository.redigest(tx, change)) ? token : null;
  }

  /** Ends the session that a cookie opens, if it lives; `successorId` has from then on what it had. */
  async end(tx: Tx, cookie: string, successorId: string | null): Promise<void> {
    await this.repository.end(tx, { digest: digestOf(cookie), successorId, now: this.clock.now() });
  }
}
