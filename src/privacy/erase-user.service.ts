import { Injectable } from '@nestjs/common';
import { authorityOfActor } from '../accounts/actor-authority.js';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { isAbove } from '../common/levels.js';
import type { UserPrincipal } from '../common/security/principal.js';
import type { Tx } from '../database/db.js';
import { PersonalData } from '../database/personal-data.service.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import type { UserRecord } from '../users/user.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { Users } from '../users/users.service.js';
import { subjectOf } from './data-subject.js';
import { LastSuperuser } from './privacy.errors.js';

/** What is left to do once an erasure is committed. */
type Aftermath = readonly (() => Promise<void>)[];

/**
 * Erases people: the user, his identifiers, sessions, keys, links, factors, profiles, account, videos and
 * mails, in one unit of work, with whatever modules keep of him beside (`PersonalData`). Only the audit
 * trail keeps his id. A manifest that still declares him makes him anew. His tokens are refused on the next
 * request, on every node; the files of his images are removed after the commit. A last mail tells him,
 * where his address is confirmed.
 * Spec: docs/adr/0010.
 */
@Injectable()
export class EraseUser {
  constructor(
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly personal: PersonalData,
    private readonly notices: SecurityNotices,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Erases the caller.
   * @throws CredentialUnknown when his session was ended meanwhile; LastSuperuser
   */
  async oneself(actor: Actor, principal: UserPrincipal): Promise<void> {
    await this.finish(
      await this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, principal);
        return this.erase(tx, actor, await this.locked(tx, principal.userId), false);
      }),
    );
  }

  /**
   * Erases a user below the caller.
   * @throws UserNotFound, InsufficientRights; CredentialUnknown when the caller's session was ended meanwhile
   */
  async other(actor: Actor, id: string): Promise<void> {
    await this.finish(
      await this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, actor.principal);
        const user = await this.locked(tx, id.toLowerCase());
        if (!isAbove(authorityOfActor(actor).level, user.level)) throw new InsufficientRights();
        return this.erase(tx, actor, user, true);
      }),
    );
  }

  private async locked(tx: Tx, userId: string): Promise<UserRecord> {
    const user = await this.records.lock(tx, userId);
    if (!user) throw new UserNotFound();
    return user;
  }

  private async erase(tx: Tx, actor: Actor, user: UserRecord, isByAuthority: boolean): Promise<Aftermath> {
    const isSuperuser = user.level === 'superuser' && user.state === 'active';
    if (isSuperuser && !(await this.records.hasOtherSuperuser(tx, user.id))) throw new LastSuperuser();
    const aftermath: (() => Promise<void>)[] = [];
    for (const erasure of this.personal.allErasures()) {
      aftermath.push((await erasure(tx, subjectOf(user))) ?? (async () => undefined));
    }
    // After his mails are gone, and while he is there to be written to.
    await this.notices.tell(tx, actor, user.id, { what: 'account-erased', isByAuthority });
    await this.users.delete(tx, user.id);
    await this.audit.record(tx, actor, { kind: 'user.erased', userId: user.id });
    return aftermath;
  }

  private async finish(aftermath: Aftermath): Promise<void> {
    for (const finish of aftermath) await finish();
  }
}
