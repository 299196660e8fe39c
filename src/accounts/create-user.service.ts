import { Injectable } from '@nestjs/common';
import type { AuditFact } from '../audit/audit-event.js';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/db.js';
import { BulkUsers, type Coming, type Made } from '../users/bulk-users.service.js';
import { Figures } from '../figures/figures.service.js';
import type { NewUser } from '../users/user.js';
import { Users } from '../users/users.service.js';
import { AccountsRepository, type NewAccount } from './accounts.repository.js';

/** One of very many who are made at once. */
export interface Newcomer extends Coming {
  /** Null is as a rule. */
  readonly accountName: string | null;
  readonly givesRights: boolean;
}

/** The one way in which a user comes to be. */
@Injectable()
export class CreateUser {
  constructor(
    private readonly users: Users,
    private readonly bulkUsers: BulkUsers,
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
    const account = { ownerId: userId, name: nameOf(user, accountName), now: this.clock.now() };
    await this.accounts.insert(tx, [account]);
    await this.audit.record(tx, actor, { kind: 'user.registered', userId });
    tx.afterCommit(() => this.figures.note('registrations'));
    return userId;
  }

  /** The same for very many; answers of each what became of him, as `BulkUsers.create` does. */
  async createAll(tx: Tx, actor: Actor, source: string, newcomers: readonly Newcomer[]): Promise<Made[]> {
    const made = await this.bulkUsers.create(tx, source, newcomers);
    const now = this.clock.now();
    const accounts: NewAccount[] = [];
    const facts: AuditFact[] = [];
    newcomers.forEach(({ user, accountName, givesRights }, index) => {
      const userId = made[index]?.userId;
      if (!userId) return;
      accounts.push({ ownerId: userId, name: nameOf(user, accountName), now });
      facts.push({ kind: 'user.registered', userId });
      if (givesRights) facts.push({ kind: 'user.rights-changed', userId });
    });
    if (accounts.length > 0) await this.accounts.insert(tx, accounts);
    await this.audit.recordAll(tx, actor, facts);
    return made;
  }
}

type Named = Pick<NewUser, 'firstName' | 'lastName' | 'email' | 'username'>;

function nameOf(user: Named, accountName: string | null | undefined): string {
  return (accountName ?? accountNameOf(user)).slice(0, 150);
}

function accountNameOf(user: Named): string {
  const fullName = [user.firstName, user.lastName].filter(Boolean).join(' ');
  return fullName || user.email?.split('@')[0] || user.username || '';
}
