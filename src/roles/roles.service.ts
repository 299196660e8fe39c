import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Level } from '../common/levels.js';
import { ACCESSES, RESOURCES, type Permission } from '../common/permissions.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { uniqueViolation } from '../database/faults.js';
import { Announcer } from '../fence/announcer.service.js';
import { roleSubject } from '../fence/subject.js';
import { BUILT_IN_ROLES, type Role } from './role.js';
import { RoleNameTaken, RoleNotFound } from './roles.errors.js';
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
  async list(): Promise<Role[]> {
    return [...BUILT_IN_ROLES, ...(await this.repository.findAll(this.reader))];
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

  /** Replaces what the role was when it was read. @throws RoleNameTaken, RoleNotFound when it is no longer so */
  async replace(tx: Tx, before: Role, fields: RoleFields): Promise<void> {
    refuseBuiltInName(fields.name);
    const change = { name: fields.name, permissions: inOrder(fields.permissions), now: this.clock.now() };
    const isDone = await refuseTaken(this.repository.update(tx, before, change));
    if (!isDone) throw new RoleNotFound();
    this.announcer.announce(tx, roleSubject(before.id));
  }

  /** Removes a free role; who had it is left without one. @throws RoleNotFound */
  async remove(tx: Tx, id: string): Promise<void> {
    if (!(await this.repository.remove(tx, id))) throw new RoleNotFound();
    this.announcer.announce(tx, roleSubject(id));
  }
}

/** The role that stands for a place on the ladder; null for the lowest, which has none. */
export function roleOfLevel(level: Level): Role | null {
  return BUILT_IN_ROLES.find((role) => role.level === level) ?? null;
}

function refuseBuiltInName(name: string): void {
  const isTaken = BUILT_IN_ROLES.some((role) => role.name.toLowerCase() === name.toLowerCase());
  if (isTaken) throw new RoleNameTaken();
}

/** Each permission once, in the order of the lists. */
function inOrder(permissions: readonly Permission[]): Permission[] {
  const wanted = new Set(permissions);
  return RESOURCES.flatMap((resource) => ACCESSES.map((access) => `${resource}:${access}` as const)).filter(
    (permission) => wanted.has(permission),
  );
}

async function refuseTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    throw uniqueViolation(error) === 'roles' ? new RoleNameTaken({}, { cause: error }) : error;
  }
}
