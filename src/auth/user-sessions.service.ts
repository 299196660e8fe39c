import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { isAbove } from '../common/levels.js';
import { LOOK, pageOf, type Page } from '../common/page.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { LiveSession } from '../grants/grant.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { SessionListsRepository } from '../grants/session-lists.repository.js';
import { Sessions } from '../grants/sessions.service.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { SessionNotFound } from './auth.errors.js';

/**
 * The sessions of a user over all surfaces: one's own, and for who may manage users those of users
 * below him. What is ended is refused on the next request, on every node.
 */
@Injectable()
export class UserSessions {
  constructor(
    private readonly lists: SessionListsRepository,
    private readonly sessions: Sessions,
    private readonly users: UsersRepository,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * The living sessions, newest first, by pages. Where most have ended, a page may hold fewer than
   * `limit`, or none, and go on.
   * @throws UserNotFound, InsufficientRights
   */
  async list(
    actor: Actor,
    userId: string,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<Page<LiveSession>> {
    await this.assertMay(actor, userId);
    const looked = { userId, beforeId: cursor, look: LOOK };
    const found = await this.lists.findLiveSessions(this.reader, {
      ...looked,
      limit: limit + 1,
      now: this.clock.now(),
    });
    if (found.length > limit) return pageOf(found, limit, ({ id }) => id);
    return { items: found, nextCursor: await this.lists.lastLookedAt(this.reader, looked) };
  }

  /** Ends one session of a user; ending it again changes nothing. @throws SessionNotFound, UserNotFound, InsufficientRights */
  async end(actor: Actor, userId: string, sessionId: string): Promise<void> {
    await this.assertMay(actor, userId);
    const owner = await this.lists.ownerOfSession(this.reader, sessionId);
    if (owner !== userId) throw new SessionNotFound();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      await this.sessions.end(tx, actor, sessionId, 'ended');
    });
  }

  /** Ends all sessions of a user, or all but `keep`; his permanent keys stay. @throws UserNotFound, InsufficientRights */
  async endAll(actor: Actor, userId: string, keep?: string): Promise<void> {
    await this.assertMay(actor, userId);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      await this.sessions.endAll(tx, actor, { userId, keep, reason: 'ended' });
    });
  }

  private async assertMay({ principal }: Actor, userId: string): Promise<void> {
    // A permanent key, or an application's token, has no say over its owner's own sessions.
    const isOwn = principal?.kind === 'user' && principal.userId === userId;
    if (isOwn && principal.via === 'session' && principal.clientId === null) return;
    const user = await this.users.findById(this.reader, userId);
    if (!user) throw new UserNotFound();
    const mayManage = principal?.kind === 'user' || principal?.kind === 'service';
    if (!mayManage || !isAbove(principal.level, user.level)) throw new InsufficientRights();
  }
}
