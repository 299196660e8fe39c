import type { z } from 'zod';
import type { DeclarationReport } from '../accounts/declare-users.service.js';

/**
 * One kind of manifest: what it looks like, and how a set of them is applied. A new kind is one file
 * with a class like this and its place in the list of `manifests.module.ts`.
 */
export interface ManifestKind<T = unknown> {
  /** The document's `kind`. */
  readonly kind: string;
  /** Paths of the fields that share the one name space of identifiers (contract 3.10). */
  readonly identifierFields: readonly string[];

  /**
   * What a whole document must be, and what it declares. A relative file that it names lies in
   * `folder`. A message of this schema never holds a value of the document.
   */
  schema(folder: string): z.ZodType<T>;

  /**
   * Keeps the subjects in step with the whole set, all of it or nothing.
   * @throws IdentifierTaken when an identifier belongs to somebody whom the set does not declare.
   */
  apply(set: readonly T[]): Promise<DeclarationReport>;
}

/** Injection token: every ManifestKind, in the order in which they are applied. */
export const MANIFEST_KINDS = Symbol('MANIFEST_KINDS');
