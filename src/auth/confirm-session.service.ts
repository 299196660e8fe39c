import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { CredentialUnknown } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { VerifyPassword } from './verify-password.service.js';

/** Has somebody signed in show once more who he is. */
@Injectable()
export class ConfirmSession {
  constructor(
    private readonly verifyPassword: VerifyPassword,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * From now on, and for a quarter of an hour, the caller's session opens what asks for a fresh one, on
   * every node. A wrong password counts as a failed sign-in and changes nothing; one that is replaced
   * while it is looked at is wrong.
   * @throws WrongCredentials, CredentialUnknown, RateLimited, Overloaded
   * Spec: contract 3.2.
   */
  async confirm(actor: Actor, principal: UserPrincipal, password: string): Promise<void> {
    const user = await this.users.findById(this.reader, principal.userId);
    if (!user) throw new CredentialUnknown();
    await this.verifyPassword.verifyOf(actor, user, password);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const isDone = await this.sessions.reauthenticate(tx, principal.grantId, user.grantEpoch);
      if (!isDone) throw new WrongCredentials();
    });
  }
}
