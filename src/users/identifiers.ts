import { normaliseIdentifier } from '../common/identifier.js';
import type { IdentifierKind } from './user.js';

/** The normalised identifiers of a user with their kinds; one that serves as two is there once. */
export function identifiersOf(
  user: Readonly<Record<IdentifierKind, string | null>>,
): [value: string, kind: IdentifierKind][] {
  const kinds = new Map<string, IdentifierKind>();
  for (const kind of ['card', 'phone', 'username', 'email'] as const) {
    const value = user[kind];
    if (value !== null) kinds.set(normaliseIdentifier(value), kind);
  }
  return [...kinds];
}
