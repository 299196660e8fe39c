import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import type { ProfileChange, UserRecord } from '../users/user.js';
import { UserNotFound } from '../users/users.errors.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { ChangeEmail } from './change-email.service.js';

/** What an owner changes of himself; what is left out stays. */
export interface ProfileEdit extends ProfileChange {
  readonly email?: string;
  /** Asks the new address to confirm itself, also where sign-in does not depend on it. */
  readonly confirmsNewEmail?: boolean;
  readonly phone?: string | null;
  /** The language of the mails that this causes. */
  readonly mailLocale: string;
}

/** Edits one's own account. */
@Injectable()
export class EditProfile {
  constructor(
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly changeEmail: ChangeEmail,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Changes all given fields together or none, and answers the user as he is then.
   * @throws IdentifierTaken when the new address or phone is somebody else's; UserNotFound;
   *   CredentialUnknown when the caller's sessions were ended meanwhile
   */
  async edit(actor: Actor, principal: UserPrincipal, edit: ProfileEdit): Promise<UserRecord> {
    const { userId } = principal;
    const { email, confirmsNewEmail, phone, mailLocale, ...profile } = edit;
    if (email !== undefined) await this.changeEmail.assertFree(userId, email);
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      await this.users.changeProfile(tx, userId, profile);
      if (phone !== undefined) await this.users.applyFields(tx, userId, { phone });
      if (email !== undefined) {
        await this.changeEmail.change(tx, actor, userId, email, {
          locale: mailLocale,
          confirmsNew: confirmsNewEmail,
        });
      }
      const user = await this.records.findById(tx, userId);
      if (!user) throw new UserNotFound();
      return user;
    });
  }
}
