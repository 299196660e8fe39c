import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FactorEnrolment, type TotpOffer } from '../factors/factor-enrolment.service.js';
import type { FactorOverview } from '../factors/totp-factor.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';

/** How the audit trail names codes by e-mail. */
const EMAIL = 'email';

/** A signed-in user's own second factor. His sessions go on whatever he does with it, and he is told of it by mail. */
@Injectable()
export class ManageFactors {
  constructor(
    private readonly enrolment: FactorEnrolment,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly reader: Reader,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  overview(caller: UserPrincipal): Promise<FactorOverview> {
    return this.enrolment.overview(this.reader, caller.userId);
  }

  /** Offers a secret for an authenticator app; it counts for nothing until it is confirmed. @throws FactorExists */
  async begin(caller: UserPrincipal): Promise<TotpOffer> {
    const { email, username, id } = caller.user;
    const offer = await this.enrolment.offer(email ?? username ?? id);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.enrolment.begin(tx, caller.userId, offer.secret);
    });
    return offer;
  }

  /**
   * From now on every sign-in of the caller asks for a second factor. Answers his recovery codes, once.
   * @throws EnrolmentNotBegun, EnrolmentCodeWrong
   */
  async confirm(actor: Actor, caller: UserPrincipal, code: string): Promise<readonly string[]> {
    const waiting = await this.enrolment.waiting(caller.userId, code);
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.audit.record(tx, actor, { kind: 'factor.added', userId: caller.userId });
      const codes = await this.enrolment.confirm(tx, caller.userId, waiting);
      await this.notices.tell(tx, actor, caller.userId, { what: 'factor-added' });
      return codes;
    });
  }

  /** Fresh recovery codes, once; those that there were open nothing any more. @throws FactorNotFound */
  renewCodes(actor: Actor, caller: UserPrincipal): Promise<readonly string[]> {
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.audit.record(tx, actor, { kind: 'factor.codes-renewed', userId: caller.userId });
      const codes = await this.enrolment.renewCodes(tx, caller.userId);
      await this.notices.tell(tx, actor, caller.userId, { what: 'recovery-codes-renewed' });
      return codes;
    });
  }

  /**
   * From now on sign-ins of a caller without an app ask for a code that is mailed to him.
   * @throws AddressNotConfirmed
   */
  async enableEmail(actor: Actor, caller: UserPrincipal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      if (!(await this.enrolment.enableEmail(tx, caller.userId))) return;
      const added = { userId: caller.userId, objectId: EMAIL };
      await this.audit.record(tx, actor, { kind: 'factor.added', ...added });
      await this.notices.tell(tx, actor, caller.userId, { what: 'factor-added' });
    });
  }

  /** From now on the caller asks for no codes by e-mail. @throws FactorNotFound */
  async disableEmail(actor: Actor, caller: UserPrincipal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.enrolment.disableEmail(tx, caller.userId);
      const removed = { userId: caller.userId, objectId: EMAIL };
      await this.audit.record(tx, actor, { kind: 'factor.removed', ...removed });
      await this.notices.tell(tx, actor, caller.userId, { what: 'factor-removed' });
    });
  }

  /** From now on no app of the caller's is asked for. @throws FactorNotFound */
  async remove(actor: Actor, caller: UserPrincipal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.enrolment.remove(tx, caller.userId);
      await this.audit.record(tx, actor, { kind: 'factor.removed', userId: caller.userId });
      await this.notices.tell(tx, actor, caller.userId, { what: 'factor-removed' });
    });
  }
}
