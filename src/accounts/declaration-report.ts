import type { Tx } from '../database/db.js';
import type { DeclaredClient } from './declared-client.js';
import type { DeclaringKind } from './declared-user.js';

/** Somebody, or a client, that a set declares. */
export interface DeclaredSubject {
  readonly kind: DeclaringKind | DeclaredClient['kind'];
  readonly name: string;
}

/** What a declaration does to him: the fields that it sets. Never holds a value, which may be a secret. */
export interface DeclaredChange extends DeclaredSubject {
  readonly fields: readonly string[];
}

/** What applying a set of declarations did, or would do. */
export interface DeclarationReport {
  readonly created: readonly DeclaredChange[];
  readonly changed: readonly DeclaredChange[];
  readonly unchanged: readonly DeclaredSubject[];
}

/** A set of declarations that is ready to be applied: what that will do, and the doing. */
export interface PreparedDeclarations {
  readonly report: DeclarationReport;
  apply(tx: Tx): Promise<void>;
}

/** Two reports as one. */
export function joinReports(one: DeclarationReport, other: DeclarationReport): DeclarationReport {
  return {
    created: [...one.created, ...other.created],
    changed: [...one.changed, ...other.changed],
    unchanged: [...one.unchanged, ...other.unchanged],
  };
}

/** True when nothing is to be done. */
export function isInStep({ created, changed }: DeclarationReport): boolean {
  return created.length === 0 && changed.length === 0;
}
