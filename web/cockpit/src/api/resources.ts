/** The resources of the cockpit, and where the native API has them. */
export const PATHS = {
  users: '/v1/users',
  'api-keys': '/v1/api-keys',
  clients: '/v1/clients',
  roles: '/v1/roles',
  outbox: '/v1/outbox',
  audit: '/v1/audit',
} as const;

export type ResourceName = keyof typeof PATHS;

/** @throws Error for a resource that is not in the table. */
export function pathOf(resource: string): string {
  const path = (PATHS as Readonly<Record<string, string>>)[resource];
  if (path === undefined) throw new Error(`There is no resource ${resource}`);
  return path;
}

/** The operation behind an action of a resource, as `/v1/me/rights` names it. */
export function operationOf(resource: string, action: string): string {
  const path = pathOf(resource);
  switch (action) {
    case 'list':
    case 'export':
      return `GET ${path}`;
    case 'create':
      return `POST ${path}`;
    case 'show':
      return `GET ${path}/:id`;
    case 'edit':
      return `PATCH ${path}/:id`;
    case 'delete':
      return `DELETE ${path}/:id`;
    default:
      return action;
  }
}
