/** What a change is about: everything that is cached under this name is stale once the change is applied. */
export type Subject =
  `user:${string}` | `grant:${string}` | `client:${string}` | `role:${string}` | 'signing-keys';

export const userSubject = (userId: string): Subject => `user:${userId}`;
export const clientSubject = (clientId: string): Subject => `client:${clientId}`;
export const roleSubject = (roleId: string): Subject => `role:${roleId}`;
export const grantSubject = (grantId: string): Subject => `grant:${grantId}`;
