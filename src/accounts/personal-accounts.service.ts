import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Forbidden, NotFound } from '../common/errors.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { AccountsRepository } from './accounts.repository.js';
import type { AccountChange, PersonalAccount } from './personal-account.js';

/** Personal accounts, each its owner's alone. */
@Injectable()
export class PersonalAccounts {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The account of a user. @throws NotFound */
  async of(userId: string): Promise<PersonalAccount> {
    const account = await this.repository.findByOwner(this.reader, userId);
    if (!account) throw new NotFound();
    return account;
  }

  /** The caller's account, if `id` is its id. @throws NotFound for an unknown id, Forbidden for a foreign one */
  async own(principal: UserPrincipal, id: number): Promise<PersonalAccount> {
    const account = await this.repository.findById(this.reader, id);
    if (!account) throw new NotFound();
    if (account.ownerId !== principal.userId) throw new Forbidden();
    return account;
  }

  /** Changes all given fields together or none, and answers the account as it is then. @throws NotFound, Forbidden */
  async change(principal: UserPrincipal, id: number, change: AccountChange): Promise<PersonalAccount> {
    const account = await this.own(principal, id);
    const displayName = change.displayName ?? account.displayName;
    const description = change.description ?? account.description;
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      await this.repository.update(tx, id, { displayName, description, now: this.clock.now() });
    });
    return { ...account, displayName, description };
  }
}
