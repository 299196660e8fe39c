import { Injectable } from '@nestjs/common';
import { isPermission, type Permission } from '../common/permissions.js';
import { searchKeyEnd, searchKeyOf } from '../common/search-key.js';
import type { Db, Tx } from '../database/db.js';
import { asTexts } from '../database/rows.js';
import { sql } from '../database/sql.js';
import type { Role } from './role.js';

interface RoleRow {
  id: string;
  name: string;
  permissions: string;
}

/** The free roles. */
@Injectable()
export class RolesRepository {
  async findAll(db: Db): Promise<Role[]> {
    const rows = await db.query<RoleRow>(sql`SELECT id, name, permissions FROM roles ORDER BY id`);
    return rows.map(toRole);
  }

  /** Up to `limit` roles after `afterId`, in order of creation, those whose name begins with `prefix` if it is given. */
  async findPage(db: Db, page: { afterId: string; limit: number; prefix: string | null }): Promise<Role[]> {
    const key = page.prefix && searchKeyOf(page.prefix);
    const matching = key
      ? sql`AND id IN (SELECT s.id FROM roles s
          WHERE s.search_key >= ${key} AND s.search_key < ${searchKeyEnd(key)})`
      : sql``;
    const rows = await db.query<RoleRow>(
      sql`SELECT id, name, permissions FROM roles WHERE id > ${page.afterId} ${matching}
          ORDER BY id LIMIT ${page.limit}`,
    );
    return rows.map(toRole);
  }

  async findById(db: Db, id: string): Promise<Role | null> {
    const [row] = await db.query<RoleRow>(sql`SELECT id, name, permissions FROM roles WHERE id = ${id}`);
    return row ? toRole(row) : null;
  }

  /** The same, with every other writer waiting until this unit of work has ended. */
  async findForUpdate(tx: Tx, id: string): Promise<Role | null> {
    const [row] = await tx.query<RoleRow>(
      sql`UPDATE roles SET updated_at = updated_at WHERE id = ${id} RETURNING id, name, permissions`,
    );
    return row ? toRole(row) : null;
  }

  /** Breaks a unique rule when the name is taken. */
  async insert(
    tx: Tx,
    role: { id: string; name: string; permissions: readonly Permission[]; now: number },
  ): Promise<void> {
    await tx.execute(
      sql`INSERT INTO roles (id, name, search_key, permissions, created_at, updated_at)
          VALUES (${role.id}, ${role.name}, ${searchKeyOf(role.name)}, ${JSON.stringify(role.permissions)},
            ${role.now}, ${role.now})`,
    );
  }

  /** Breaks a unique rule when the name is taken. */
  async update(
    tx: Tx,
    id: string,
    change: { name: string; permissions: readonly Permission[]; now: number },
  ): Promise<void> {
    await tx.execute(
      sql`UPDATE roles SET name = ${change.name}, search_key = ${searchKeyOf(change.name)},
            permissions = ${JSON.stringify(change.permissions)}, updated_at = ${change.now}
          WHERE id = ${id}`,
    );
  }

  /** Removes a role and takes it from everybody who has it. */
  async remove(tx: Tx, id: string): Promise<void> {
    await tx.execute(sql`UPDATE users SET role_id = NULL WHERE role_id = ${id}`);
    await tx.execute(sql`DELETE FROM roles WHERE id = ${id}`);
  }
}

function toRole(row: RoleRow): Role {
  return {
    id: row.id,
    name: row.name,
    isMaster: false,
    isBuiltIn: false,
    level: 'member',
    permissions: asTexts(row.permissions).filter(isPermission),
  };
}
