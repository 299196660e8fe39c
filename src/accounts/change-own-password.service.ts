import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { VerifyPassword } from '../auth/verify-password.service.js';
import { WrongCredentials } from '../auth/auth.errors.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { CheckFields } from './check-fields.service.js';
import { refuseFaults, type FieldFault, type ReadDraft } from './field-faults.js';

/** The password that one has and the one that one wants; null is what was left out. */
export interface OwnPasswordChange extends ReadDraft {
  readonly currentPassword: string | null;
  readonly password: string | null;
  /** What faults of the new password are told under. */
  readonly field: string;
  /**
   * Whether who has no password sets his first one, with nothing to show for it: only where his sign-in is
   * a recent one.
   */
  readonly mayBeFirst: boolean;
}

/** Changes one's own password by showing the present one, or sets the first one. */
@Injectable()
export class ChangeOwnPassword {
  constructor(
    private readonly verifyPassword: VerifyPassword,
    private readonly fields: CheckFields,
    private readonly policy: PasswordPolicy,
    private readonly passwords: Passwords,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Sets the password, ends every other session and link of the caller, and lets the one that he asks
   * in go on; he is told by mail. A wrong present password counts as a failed sign-in.
   * @throws InvalidFields with every fault at once, RateLimited, Overloaded
   * Spec: 003 reference note 1.6; contract 3.3.
   */
  async change(actor: Actor, principal: UserPrincipal, change: OwnPasswordChange): Promise<void> {
    const user = await this.records.findById(this.reader, principal.userId);
    if (!user) throw new InsufficientRights();
    const policy = await this.policy.inForce();
    const isFirst = user.passwordHash === null && change.mayBeFirst;
    const faults = [
      ...(isFirst ? [] : await this.faultsOfCurrent(actor, user, change.currentPassword)),
      ...(await this.fields.password(change.field, change.password, user.email, true, policy)),
    ];
    const isSame = !isFirst && change.password === change.currentPassword;
    if (faults.length === 0 && isSame && !policy.values.allowsReuse) {
      faults.push({ field: change.field, code: 'same' });
    }
    refuseFaults(change, faults);
    const hash = await this.passwords.hash(change.password ?? '', actor.signal);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const epoch = await this.users.setPassword(tx, { userId: user.id, epoch: user.grantEpoch, hash });
      if (epoch === null) throw new InsufficientRights();
      await this.sessions.carryOver(tx, principal.grantId, user.grantEpoch);
      await this.audit.record(tx, actor, { kind: 'password.changed', userId: user.id });
      await this.notices.tell(tx, actor, user.id, { what: 'password-changed' });
    });
  }

  private async faultsOfCurrent(
    actor: Actor,
    user: UserRecord,
    currentPassword: string | null,
  ): Promise<FieldFault[]> {
    try {
      await this.verifyPassword.verifyOf(actor, user, currentPassword ?? '');
      return [];
    } catch (error) {
      if (!(error instanceof WrongCredentials)) throw error;
      return [{ field: 'currentPassword', code: 'not-current' }];
    }
  }
}
