import type { DeclaringKind } from './declared-user.js';

/** Somebody whom a set declares. */
export interface DeclaredSubject {
  readonly kind: DeclaringKind;
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
