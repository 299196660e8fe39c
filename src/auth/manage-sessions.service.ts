import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ListedSession } from '../grants/grant.js';
import { SessionList } from '../grants/session-list.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { isNamed } from '../users/view-profile.service.js';
import { ForeignSession, ForeignSessionList, SessionNotFound } from './auth.errors.js';

/** Lists and ends sessions: one's own, and for superusers anybody's at the same surface. */
@Injectable()
export class ManageSessions {
  constructor(
    private readonly list: SessionList,
    private readonly sessions: Sessions,
    private readonly users: UsersRepository,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Ends the caller's session, or the one whose credential has `digest`: it is refused on the next
   * request, on every node. Ending it again changes nothing. Answers the digest of what was ended.
   * @throws ForeignSession, SessionNotFound
   */
  async end(actor: Actor, caller: UserPrincipal, digest: string | null): Promise<string> {
    const wanted = digest ?? caller.session.digest;
    const session = await this.list.find(wanted, caller.surface);
    const mayEndAny = caller.level === 'superuser';
    if (!session) throw mayEndAny ? new SessionNotFound() : new ForeignSession();
    if (session.userId !== caller.userId && !mayEndAny) throw new ForeignSession();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.sessions.end(tx, actor, session.grantId, 'logout');
    });
    return session.digest;
  }

  /** Ends the session that a cookie opens; without one nothing happens. */
  async endByCookie(actor: Actor, cookie: string): Promise<void> {
    await this.unitOfWork.run((tx) => this.sessions.endByCookie(tx, actor, cookie, 'logout'));
  }

  /** Ends every session of the caller at one surface; his permanent keys stay. */
  async endAllAt(actor: Actor, caller: UserPrincipal, surface: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.sessions.endAll(tx, actor, { userId: caller.userId, surface, reason: 'logout' });
    });
  }

  /**
   * The sessions of the caller, or of the user called `name`, at the caller's surface, newest first:
   * every living one and the newest ended ones. An unknown user has none.
   * @throws ForeignSessionList
   */
  async of(caller: UserPrincipal, name: string | null): Promise<ListedSession[]> {
    if (name === null || isNamed(caller.user, name)) return this.list.of(caller.userId, caller.surface);
    if (caller.level !== 'superuser') throw new ForeignSessionList();
    const user = await this.users.findByIdentifier(this.reader, name);
    return user ? this.list.of(user.id, caller.surface) : [];
  }
}
