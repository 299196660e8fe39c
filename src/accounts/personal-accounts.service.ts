import { Injectable } from '@nestjs/common';
import { isAtLeast } from '../common/levels.js';
import { pageOf, type Page } from '../common/page.js';
import { Forbidden, NotFound } from '../common/errors.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { AccountsRepository } from './accounts.repository.js';
import type { PersonalAccount } from './personal-account.js';

/** Personal accounts, each its owner's alone. */
@Injectable()
export class PersonalAccounts {
  constructor(
    private readonly repository: AccountsRepository,
    private readonly reader: Reader,
  ) {}

  /** The account of a user. @throws NotFound */
  async of(userId: string): Promise<PersonalAccount> {
    const account = await this.repository.findByOwner(this.reader, userId);
    if (!account) throw new NotFound();
    return account;
  }

  /** Accounts in order of creation, by pages; of one owner or of everybody. Who may look is decided by who calls. */
  async list(
    ownerId: string | null,
    { limit, cursor }: { limit: number; cursor: number | null },
  ): Promise<Page<PersonalAccount>> {
    const page = { ownerId, afterId: cursor ?? 0, limit: limit + 1 };
    return pageOf(await this.repository.findPage(this.reader, page), limit, ({ id }) => String(id));
  }

  /** One's own account, or for managers and above anybody's. @throws NotFound, Forbidden */
  async visible(principal: UserPrincipal, id: number): Promise<PersonalAccount> {
    if (!isAtLeast(principal.level, 'manager')) return this.own(principal, id);
    const account = await this.repository.findById(this.reader, id);
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
}
