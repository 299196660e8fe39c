import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { SYSTEM_ACTOR, type Actor } from '../common/actor.js';
import { isAbove, type Level } from '../common/levels.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FactorEnrolment } from '../factors/factor-enrolment.service.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';

/** Helps a user who has lost his device and his recovery codes. */
@Injectable()
export class RemoveUserFactor {
  constructor(
    private readonly users: UsersRepository,
    private readonly enrolment: FactorEnrolment,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Takes every second factor of a user below the caller away, his trusted devices too, and ends all his
   * sessions, on every node with his next request: whoever has his device may be somebody else. His
   * password is then enough, unless he must have a factor: then a code is mailed to him. He is told by mail.
   * @throws UserNotFound, InsufficientRights, FactorNotFound
   */
  async remove(actor: Actor, userId: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const user = await this.users.findById(tx, userId.toLowerCase());
      if (!user) throw new UserNotFound();
      if (!standsAbove(actor, user.level)) throw new InsufficientRights();
      await this.enrolment.removeAll(tx, user.id);
      await this.audit.record(tx, actor, { kind: 'factor.removed', userId: user.id });
      await this.notices.tell(tx, actor, user.id, { what: 'factor-removed', isByAuthority: true });
      await this.sessions.endAll(tx, actor, { userId: user.id, reason: 'factor-removed' });
    });
  }
}

function standsAbove(actor: Actor, level: Level): boolean {
  if (actor === SYSTEM_ACTOR) return true;
  return actor.principal?.kind === 'user' && isAbove(actor.principal.level, level);
}
