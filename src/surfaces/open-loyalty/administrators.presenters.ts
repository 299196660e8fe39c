import { v5 as uuidOf } from 'uuid';
import type { Administrator } from '../../accounts/administrators/administrator.js';
import type { ServicePrincipal } from '../../common/security/principal.js';
import { BUILT_IN_ROLES, type Role } from '../../roles/role.js';
import { usernameOf } from './claims.js';
import { dateOf } from './dates.js';

/** The id under which 003 has always shown whoever holds the configuration key (reference note 1.3). */
const MASTER_ID = '86b0c8ad-dadc-4d9f-8a72-8b55b9f81c3d';

/** A role with its permissions, each under an id of its own that never changes. */
export function roleView({ id, name, isMaster, permissions }: Role) {
  return {
    id,
    name,
    role: 'ROLE_ADMIN',
    master: isMaster,
    permissions: permissions.map((permission) => {
      const [resource, access] = permission.split(':');
      return { id: uuidOf(permission, id), resource, access };
    }),
  };
}

/** An administrator; what he does not have is left out. His permanent token is never shown. */
export function administratorView({ user, role, isExternal }: Administrator) {
  return {
    id: user.id,
    username: usernameOf(user),
    isActive: user.state === 'active',
    createAt: dateOf(user.createdAt),
    roles: role ? [roleView(role)] : [],
    ...(user.email === null ? {} : { email: user.email }),
    ...(user.firstName === '' ? {} : { firstName: user.firstName }),
    ...(user.lastName === '' ? {} : { lastName: user.lastName }),
    ...(user.phone === null ? {} : { phone: user.phone }),
    external: isExternal,
    dtype: 'admin',
  };
}

/** Whoever holds the configuration key: no user, every right. */
export function masterView({ name }: ServicePrincipal) {
  return {
    id: MASTER_ID,
    username: name,
    isActive: true,
    roles: BUILT_IN_ROLES.filter((role) => role.isMaster).map(roleView),
    external: true,
    dtype: 'admin',
  };
}
