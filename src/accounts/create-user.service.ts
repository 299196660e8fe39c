import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/db.js';
import { Figures } from '../figures/figures.service.js';
import type { NewUser } from '../users/user.js';
import { Users } from '../users/users.service.js';
import { AccountsRepository } from './accounts.repository.js';

/** The one way in which a user comes to be. */
@Injectable()
export class CreateUser {
  constructor(
    private readonly users: Users,
    private readonly accounts: AccountsRepository,
    private readonly audit: Audit,
    private readonly figures: Figures,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a user and his personal account, named after him as contract 4.3 says; answers his id.
   * @throws IdentifierTaken as `Users.create` does.
   */
  async create(tx: Tx, actor: Actor, user: NewUser, accountName?: string): Promise<string> {
    const userId = await this.users.create(tx, user);
    const name = (accountName ?? accountNameOf(user)).slice(0, 150);
    await this.accounts.insert(tx, { ownerId: userId, name, now: this.clock.now() });
    await this.audit.record(tx, actor, { kind: 'user.registered', userId });
    tx.afterCommit(() => this.figures.note('registrations'));
    return userId;
  }
}

function accountNameOf(user: NewUser): string {
  const fullName = [user.firstName, user.lastName].filter(Boolean).join(' ');
  return fullName || user.email?.split('@')[0] || user.username || '';
}
