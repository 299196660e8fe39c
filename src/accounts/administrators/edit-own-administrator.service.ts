import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Reader } from '../../database/db.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import { Users } from '../../users/users.service.js';
import { UsersRepository } from '../../users/users.repository.js';
import { UserNotFound } from '../../users/users.errors.js';
import { authorityOfActor } from '../actor-authority.js';
import { ChangeEmail } from '../change-email.service.js';
import { refuseFaults } from '../field-faults.js';
import type { OwnDraft } from './administrator.js';
import { CheckAdministrator } from './check-administrator.service.js';
import { asFieldFaults } from './racing-faults.js';

/** Lets an administrator edit himself. */
@Injectable()
export class EditOwnAdministrator {
  constructor(
    private readonly check: CheckAdministrator,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly changeEmail: ChangeEmail,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Replaces the caller's names, phone and address, and answers his id. His roles are checked and never
   * changed: nobody raises himself.
   * @throws InvalidFields with every fault at once; InsufficientRights for the master key, which is nobody
   * Spec: 003 reference note 1.8; contract 3.15.
   */
  async edit(actor: Actor, draft: OwnDraft, locale: string): Promise<string> {
    const { principal } = actor;
    if (principal?.kind !== 'user') throw new InsufficientRights();
    const { userId } = principal;
    const user = await this.records.findById(this.reader, userId);
    if (!user) throw new UserNotFound();
    refuseFaults(draft, await this.check.faultsOfOwn(authorityOfActor(actor), draft, user));
    await asFieldFaults(
      this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, principal);
        const { firstName, lastName, phone, email } = draft;
        await this.users.applyFields(tx, userId, {
          firstName: firstName ?? '',
          lastName: lastName ?? '',
          phone,
        });
        await this.changeEmail.change(tx, actor, userId, email ?? '', { locale });
      }),
    );
    return userId;
  }
}
