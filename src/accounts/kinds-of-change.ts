import type { AuditKind } from '../audit/audit-kinds.js';
import type { UserFields, UserRecord } from '../users/user.js';

const RIGHTS = ['type', 'level', 'roleId', 'roles', 'networks'] as const;

/** What the audit trail tells when an authority gives `user` these fields: always that he was changed. */
export function kindsOfChange(user: UserRecord, fields: UserFields): AuditKind[] {
  const { state, email } = fields;
  const isMoved = RIGHTS.some(
    (field) => fields[field] !== undefined && JSON.stringify(fields[field]) !== JSON.stringify(user[field]),
  );
  const isReaddressed = email !== undefined && email?.toLowerCase() !== user.email?.toLowerCase();
  return [
    'user.changed',
    ...(isMoved ? (['user.rights-changed'] as const) : []),
    ...(isReaddressed ? (['email.changed'] as const) : []),
    ...(state === undefined || state === user.state
      ? []
      : [state === 'blocked' ? ('user.disabled' as const) : ('user.enabled' as const)]),
  ];
}
