import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { isAbove, isAtLeast, LEVELS, type Level } from '../common/levels.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import type { UserRecord } from '../users/user.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import {
  PasswordChangeForbidden,
  PasswordChangeTargetUnknown,
  PasswordChangeUnauthenticated,
} from './accounts.errors.js';
import { NewPassword } from './new-password.service.js';

/** A new password for the user who has `email`, typed twice. */
export interface PasswordChange {
  readonly surface: string;
  readonly email: string;
  readonly password: string;
  readonly passwordRepeated: string;
}

/** The user after the change; `token` opens a fresh session, and is null when another's password was set. */
export interface PasswordChanged {
  readonly user: UserRecord;
  readonly token: string | null;
}

/** Sets one's own password, or that of a user of a lower level. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly newPassword: NewPassword,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Sets the password and ends every session and link of that user, who is told by mail; the caller who changed his own
   * gets a fresh session. Permission is decided before anything about the target is looked at, so
   * that nobody can try guesses on another's password.
   * @throws in this order: PasswordChangeUnauthenticated, PasswordChangeForbidden,
   *   PasswordChangeTargetUnknown, PasswordsDiffer, PasswordUnacceptable, SamePassword; Overloaded
   * Spec: 004 "Change Password"; contract 3.5, 4.5.
   */
  async change(actor: Actor, change: PasswordChange): Promise<PasswordChanged> {
    const { principal } = actor;
    if (principal?.kind !== 'user') throw new PasswordChangeUnauthenticated();
    const target = await this.targetOf(principal, normaliseIdentifier(change.email));
    const hash = await this.newPassword.hashFor(target, change, actor.signal);
    const isOwn = target.id === principal.userId;
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const epoch = isOwn
        ? await this.users.setPassword(tx, { userId: target.id, epoch: target.grantEpoch, hash })
        : await this.users.resetPassword(tx, target.id, hash, levelsThatObey(principal.level));
      if (epoch === null) throw new PasswordChangeForbidden();
      const kind = isOwn ? 'password.changed' : 'password.set';
      await this.audit.record(tx, actor, { kind, userId: target.id });
      const notice = { what: 'password-changed', isByAuthority: !isOwn } as const;
      await this.notices.tell(tx, actor, target.id, notice);
      const session = isOwn
        ? await this.sessions.open(tx, actor, {
            userId: target.id,
            epoch,
            surface: change.surface,
            isToldOf: true,
          })
        : null;
      const user = await this.records.findById(tx, target.id);
      if (!user || (isOwn && !session)) throw new PasswordChangeForbidden();
      return { user, token: session?.token ?? null };
    });
  }

  private async targetOf(caller: UserPrincipal, email: string): Promise<UserRecord> {
    const isOwn = caller.user.email === email;
    // A manager may set passwords within an account that he shares; there is none to share yet.
    if (!isOwn && !isAtLeast(caller.level, 'admin')) throw new PasswordChangeForbidden();
    const target = await this.records.findByIdentifier(this.reader, email);
    if (!target) throw new PasswordChangeTargetUnknown();
    if (!isOwn && !levelsThatObey(caller.level).includes(target.level)) throw new PasswordChangeForbidden();
    return target;
  }
}

/** Whose passwords a level may set: those below it; a superuser everybody's. */
function levelsThatObey(level: Level): readonly Level[] {
  return LEVELS.filter((other) => level === 'superuser' || isAbove(level, other));
}
