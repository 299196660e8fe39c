/**
 * The permissions of a role form as `RESOURCE:ACCESS`: `role[permissions][0][resource]=…&…[access]=…`,
 * or a list of objects in JSON. Whatever is none of these reads as a permission that there is not.
 */
export function permissionsIn(value: unknown): readonly string[] {
  if (value === null || value === '') return [];
  if (typeof value !== 'object') return [''];
  return Object.values(value).map((item: unknown) => {
    const { resource, access } = (item ?? {}) as { resource?: unknown; access?: unknown };
    return typeof resource === 'string' && typeof access === 'string' ? `${resource}:${access}` : '';
  });
}
