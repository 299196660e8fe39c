import { digestOf } from '../common/digest.js';

/** No longer id stands in a subject as it is, so that every subject fits its column. */
const LONGEST_ID = 100;

/** What a change is about: everything that is cached under this name is stale once the change is applied. */
export type Subject =
  `user:${string}` | `grant:${string}` | `client:${string}` | `role:${string}` | 'signing-keys';

export const userSubject = (userId: string): Subject => `user:${userId}`;
/** A client's id is chosen by people and may be long. */
export const clientSubject = (clientId: string): Subject =>
  `client:${clientId.length > LONGEST_ID ? digestOf(clientId) : clientId}`;
export const roleSubject = (roleId: string): Subject => `role:${roleId}`;
export const grantSubject = (grantId: string): Subject => `grant:${grantId}`;
