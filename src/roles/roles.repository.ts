import { Injectable } from '@nestjs/common';
import { isPermission, type Permission } from '../common/permissions.js';
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

  async findById(db: Db, id: string): Promise<Role | null> {
    const [row] = await db.query<RoleRow>(sql`SELECT id, name, permissions FROM roles WHERE id = ${id}`);
    return row ? toRole(row) : null;
  }

  /** Breaks a unique rule when the name is taken. */
  async insert(
    tx: Tx,
    role: { id: string; name: string; permissions: readonly Permission[]; now: number },
  ): Promise<void> {
    await tx.execute(
      sql`INSERT INTO roles (id, name, permissions, created_at, updated_at)
          VALUES (${role.id}, ${role.name}, ${JSON.stringify(role.permissions)}, ${role.now}, ${role.now})`,
    );
  }

  /** Writes name and permissions, unless they have changed since `before` was read; answers whether it did. */
  async update(
    tx: Tx,
    before: Role,
    change: { name: string; permissions: readonly Permission[]; now: number },
  ): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE roles SET name = ${change.name}, permissions = ${JSON.stringify(change.permissions)},
            updated_at = ${change.now}
          WHERE id = ${before.id} AND permissions = ${JSON.stringify(before.permissions)} RETURNING id`,
    );
    return rows.length > 0;
  }

  /** Removes a role and takes it from everybody who has it; answers whether it was there. */
  async remove(tx: Tx, id: string): Promise<boolean> {
    await tx.execute(sql`UPDATE users SET role_id = NULL WHERE role_id = ${id}`);
    const rows = await tx.query(sql`DELETE FROM roles WHERE id = ${id} RETURNING id`);
    return rows.length > 0;
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
