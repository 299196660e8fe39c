import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ProfileChange, UserRecord } from '../users/user.js';
import { UserNotFound } from '../users/users.errors.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { ChangeEmail } from './change-email.service.js';

/** What an owner changes of himself; what is left out stays. */
export interface ProfileEdit extends ProfileChange {
  readonly email?: string;
  readonly locale: string;
}

/** Edits one's own account. */
@Injectable()
export class EditProfile {
  constructor(
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly changeEmail: ChangeEmail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Changes all given fields together or none, and answers the user as he is then.
   * @throws IdentifierTaken when the new address is somebody else's; UserNotFound
   */
  async edit(userId: string, edit: ProfileEdit): Promise<UserRecord> {
    const { email, locale, ...profile } = edit;
    if (email !== undefined) await this.changeEmail.assertFree(userId, email);
    return this.unitOfWork.run(async (tx) => {
      await this.users.changeProfile(tx, userId, profile);
      if (email !== undefined) await this.changeEmail.change(tx, userId, email, locale);
      const user = await this.records.findById(tx, userId);
      if (!user) throw new UserNotFound();
      return user;
    });
  }
}
