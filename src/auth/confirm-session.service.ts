import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import type { FactorProof } from '../factors/totp-factor.js';
import { CredentialUnknown } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { VerifyPassword } from './verify-password.service.js';

/** What somebody shows once more: his password, or a code of his second factor. */
export type Confirmation = { readonly password: string } | { readonly otp: string };

/** Has somebody signed in show once more who he is. */
@Injectable()
export class ConfirmSession {
  constructor(
    private readonly verifyPassword: VerifyPassword,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * From now on, and for a quarter of an hour, the caller's session opens what asks for a fresh one, on
   * every node. A wrong password counts as a failed sign-in, a wrong code against the second factor, and
   * either changes nothing; a password that is replaced while it is looked at is wrong.
   * @throws WrongCredentials, WrongFactorCode, CredentialUnknown, RateLimited, Overloaded
   * Spec: contract 3.2.
   */
  async confirm(actor: Actor, principal: UserPrincipal, shown: Confirmation): Promise<void> {
    const user = await this.users.findById(this.reader, principal.userId);
    if (!user) throw new CredentialUnknown();
    const proof = await this.proofOf(actor, user, shown);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      if (proof) await this.secondFactor.spend(tx, actor, proof);
      const isDone = await this.sessions.reauthenticate(tx, principal.grantId, user.grantEpoch);
      if (!isDone) throw new WrongCredentials();
    });
  }

  private async proofOf(actor: Actor, user: UserRecord, shown: Confirmation): Promise<FactorProof | null> {
    if ('otp' in shown) return this.secondFactor.check(user.id, shown.otp);
    await this.verifyPassword.verifyOf(actor, user, shown.password);
    return null;
  }
}
