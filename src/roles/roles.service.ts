import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Level } from '../common/levels.js';
import { pageOf, type Page } from '../common/page.js';
import { PERMISSIONS, type Permission } from '../common/permissions.js';
import { searchKeyOf } from '../common/search-key.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { uniqueViolation } from '../database/faults.js';
import { Announcer } from '../fence/announcer.service.js';
import { roleSubject } from '../fence/subject.js';
import { BUILT_IN_ROLES, type Role } from './role.js';
import { RoleBuiltIn, RoleNameTaken, RoleNotFound } from './roles.errors.js';
import { RolesRepository } from './roles.repository.js';

/** Name and permissions of a free role. */
export interface RoleFields {
  readonly name: string;
  readonly permissions: readonly Permission[];
}

/** The roles of administrators; a change holds from the next request of everybody who has the role. */
@Injectable()
export class Roles {
  constructor(
    private readonly repository: RolesRepository,
    private readonly reader: Reader,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
  ) {}

  /** The built-in roles from the highest down, then the free ones in order of creation. */
  async list(db: Db = this.reader): Promise<Role[]> {
    return [...BUILT_IN_ROLES, ...(await this.repository.findAll(db))];
  }

  /** One page of the same list, of the roles whose name begins with `prefix` if it is given; `cursor` is the last one's id. */
  async page(page: { limit: number; cursor: string | null; prefix: string | null }): Promise<Page<Role>> {
    const { limit, cursor, prefix } = page;
    const builtIn = BUILT_IN_ROLES.filter(({ name }) => beginsWith(name, prefix));
    const isAmongFree = cursor !== null && !BUILT_IN_ROLES.some(({ id }) => id === cursor);
    const head = isAmongFree ? [] : builtIn.slice(builtIn.findIndex(({ id }) => id === cursor) + 1);
    const free = await this.repository.findPage(this.reader, {
      afterId: isAmongFree ? cursor : '',
      limit: Math.max(0, limit + 1 - head.length),
      prefix,
    });
    return pageOf([...head, ...free], limit, ({ id }) => id);
  }

  async find(id: string, db: Db = this.reader): Promise<Role | null> {
    return BUILT_IN_ROLES.find((role) => role.id === id) ?? this.repository.findById(db, id);
  }

  /** @throws RoleNotFound */
  async get(id: string, db: Db = this.reader): Promise<Role> {
    const role = await this.find(id, db);
    if (!role) throw new RoleNotFound();
    return role;
  }

  /** A free role that nobody else changes until this unit of work has ended. @throws RoleNotFound, RoleBuiltIn */
  async getForUpdate(tx: Tx, id: string): Promise<Role> {
    const builtIn = BUILT_IN_ROLES.find((role) => role.id === id);
    if (builtIn) throw new RoleBuiltIn(builtIn.isMaster);
    const role = await this.repository.findForUpdate(tx, id);
    if (!role) throw new RoleNotFound();
    return role;
  }

  /** Makes a free role and answers its id. @throws RoleNameTaken */
  async create(tx: Tx, fields: RoleFields): Promise<string> {
    refuseBuiltInName(fields.name);
    const id = newId();
    const permissions = inOrder(fields.permissions);
    await refuseTaken(
      this.repository.insert(tx, { id, name: fields.name, permissions, now: this.clock.now() }),
    );
    return id;
  }

  /** Writes what a role is from now on, and answers it. The caller has it for update. @throws RoleNameTaken */
  async replace(tx: Tx, role: Role, fields: RoleFields): Promise<Role> {
    refuseBuiltInName(fields.name);
    const change = { name: fields.name, permissions: inOrder(fields.permissions) };
    await refuseTaken(this.repository.update(tx, role.id, { ...change, now: this.clock.now() }));
    this.announcer.announce(tx, roleSubject(role.id));
    return { ...role, ...change };
  }

  /** Removes a free role, which the caller has for update; who had it is left without one. */
  async remove(tx: Tx, role: Role): Promise<void> {
    await this.repository.remove(tx, role.id);
    this.announcer.announce(tx, roleSubject(role.id));
  }
}

/** The role that stands for a place on the ladder; null for the lowest, which has none. */
export function roleOfLevel(level: Level): Role | null {
  return BUILT_IN_ROLES.find((role) => role.level === level) ?? null;
}

function beginsWith(name: string, prefix: string | null): boolean {
  return prefix === null || searchKeyOf(name).startsWith(searchKeyOf(prefix));
}

function refuseBuiltInName(name: string): void {
  const isTaken = BUILT_IN_ROLES.some((role) => role.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new RoleNameTaken();
}

/** Each permission once, in the order of the lists. */
function inOrder(permissions: readonly Permission[]): Permission[] {
  const wanted = new Set(permissions);
  return PERMISSIONS.filter((permission) => wanted.has(permission));
}

async function refuseTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw uniqueViolation(error) === 'roles' ? new RoleNameTaken({}, { cause: error }) : error;
  }
}
