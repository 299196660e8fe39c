import type { ReadDraft } from '../field-faults.js';
import type { Role } from '../../roles/role.js';
import { roleOfLevel } from '../../roles/roles.service.js';
import type { UserRecord } from '../../users/user.js';

/** The name of the one key that 003 gives and takes with `external`. */
export const PERMANENT_TOKEN = 'permanent token';

/** An administrator with what 003 tells of him. */
export interface Administrator {
  readonly user: UserRecord;
  /** Null for one who has no right at all. */
  readonly role: Role | null;
  /** Has a permanent key that counts. */
  readonly isExternal: boolean;
}

/** An administrator as somebody wants him to be; null is what was left out. */
export interface AdministratorDraft extends ReadDraft {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly password: string | null;
  readonly isExternal: boolean;
  readonly apiKey: string | null;
  readonly isActive: boolean;
  /** Exactly one role, or null to leave it as it is. */
  readonly roleIds: readonly string[] | null;
}

/** What an administrator changes of himself. */
export type OwnDraft = Pick<
  AdministratorDraft,
  'firstName' | 'lastName' | 'phone' | 'email' | 'roleIds' | 'unreadable'
>;

/** The role of a user: what his level stands for, else his free one. */
export function roleOf(user: UserRecord, freeRoles: ReadonlyMap<string, Role>): Role | null {
  return roleOfLevel(user.level) ?? (user.roleId === null ? null : (freeRoles.get(user.roleId) ?? null));
}
