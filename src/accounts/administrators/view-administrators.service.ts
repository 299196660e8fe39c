import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from '../../api-keys/api-keys.repository.js';
import { Clock } from '../../common/clock.js';
import { Reader } from '../../database/db.js';
import { Roles } from '../../roles/roles.service.js';
import type { UserRecord, UserSort } from '../../users/user.js';
import { UserNotFound } from '../../users/users.errors.js';
import { UsersRepository } from '../../users/users.repository.js';
import { roleOf, type Administrator } from './administrator.js';

/** Looks at administrators. */
@Injectable()
export class ViewAdministrators {
  constructor(
    private readonly records: UsersRepository,
    private readonly roles: Roles,
    private readonly keys: ApiKeysRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** One page of all administrators and their number; of equals the older one stands first. `number` begins at 1. */
  async list(page: {
    number: number;
    size: number;
    sort: UserSort;
    isDescending: boolean;
  }): Promise<{ items: Administrator[]; total: number }> {
    const total = await this.records.countOfType(this.reader, 'admin');
    const offset = (page.number - 1) * page.size;
    const users =
      offset < total
        ? await this.records.findSortedPage(this.reader, { ...page, type: 'admin', offset, limit: page.size })
        : [];
    return { items: await this.describe(users), total };
  }

  /** @throws UserNotFound, also for a user who is no administrator */
  async get(id: string): Promise<Administrator> {
    const user = await this.records.findById(this.reader, id.toLowerCase());
    if (user?.type !== 'admin') throw new UserNotFound();
    const [administrator] = await this.describe([user]);
    if (!administrator) throw new UserNotFound();
    return administrator;
  }

  private async describe(users: readonly UserRecord[]): Promise<Administrator[]> {
    const ids = users.map((user) => user.id);
    const external = await this.keys.findOwners(this.reader, ids, this.clock.now());
    const roles = new Map((await this.roles.list()).map((role) => [role.id, role]));
    return users.map((user) => ({ user, role: roleOf(user, roles), isExternal: external.has(user.id) }));
  }
}
