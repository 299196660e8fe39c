import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { ChangeEmail } from './change-email.service.js';
import { CheckFields } from './check-fields.service.js';
import { refuseFaults } from './field-faults.js';

/** A user's address, and the one that takes its place once it is confirmed. */
export interface OwnAddress {
  readonly email: string | null;
  readonly pendingEmail: string | null;
}

/** Changes one's own address. */
@Injectable()
export class ChangeOwnEmail {
  constructor(
    private readonly fields: CheckFields,
    private readonly changeEmail: ChangeEmail,
    private readonly records: UsersRepository,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Puts the new address in place, or has it wait until it is confirmed, as `ChangeEmail.change` does;
   * either way it is asked to confirm itself. Answers what there is then.
   * @throws InvalidFields, IdentifierTaken; CredentialUnknown when the caller's sessions were ended meanwhile
   * Spec: contract 3.15.
   */
  async change(actor: Actor, caller: UserPrincipal, address: string, locale: string): Promise<OwnAddress> {
    const { userId } = caller;
    refuseFaults({}, this.fields.address(address));
    await this.changeEmail.assertFree(userId, address);
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, caller);
      await this.changeEmail.change(tx, actor, userId, address, { locale, confirmsNew: true });
      const user = await this.records.findById(tx, userId);
      if (!user) throw new UserNotFound();
      return { email: user.email, pendingEmail: await this.changeEmail.pending(tx, userId) };
    });
  }
}
