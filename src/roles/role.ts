import type { Level } from '../common/levels.js';
import { permissionsOf, type Authority, type Permission } from '../common/permissions.js';

/** What an administrator may be: a place on the ladder under a name, or a free set of permissions. */
export interface Role {
  readonly id: string;
  readonly name: string;
  /** May do everything, whatever there will be. */
  readonly isMaster: boolean;
  /** Cannot be changed or removed. */
  readonly isBuiltIn: boolean;
  /** The place on the ladder that it gives; a free role gives the lowest (contract 4.4). */
  readonly level: Level;
  readonly permissions: readonly Permission[];
}

const builtIn = (id: string, name: string, level: Level): Role => ({
  id,
  name,
  isMaster: level === 'superuser',
  isBuiltIn: true,
  level,
  permissions: [...permissionsOf({ type: 'admin', level, permissions: [] })],
});

/** The three roles that stand for the ladder (contract 3.1, 4.4). Their ids never change. */
export const BUILT_IN_ROLES: readonly Role[] = [
  builtIn('8f8c2f4e-54b1-4a5c-9d0e-3c1b6f0a0001', 'Super admin', 'superuser'),
  builtIn('8f8c2f4e-54b1-4a5c-9d0e-3c1b6f0a0002', 'Full admin', 'admin'),
  builtIn('8f8c2f4e-54b1-4a5c-9d0e-3c1b6f0a0003', 'Reporter admin', 'manager'),
];

/** The authority of an administrator who has this role. */
export function authorityOf(role: Role): Authority {
  return { type: 'admin', level: role.level, permissions: role.permissions };
}
