import type { z } from 'zod';
import type { DeclaredClient } from '../accounts/declared-client.js';
import type { DeclaredUser } from '../accounts/declared-user.js';

/** What a document may declare. */
export type Declared = DeclaredUser | DeclaredClient;

/**
 * One kind of manifest: what it looks like, and what it declares. A new kind is one file with a class
 * like this and its place in the list of `manifests.module.ts`.
 *
 * A set is taken in three steps: each document is validated by its `schema`; then each valid one is
 * resolved, which is when it may look at others; then all that was declared is applied at once.
 */
export interface ManifestKind<T = unknown> {
  /** The document's `kind`. */
  readonly kind: string;
  /** Paths of the fields that share the one name space of identifiers (contract 3.10). */
  readonly identifierFields: readonly string[];
  /**
   * Fields of what is declared that the document calls otherwise, or null where it has no word for
   * one: reports use the document's words.
   */
  readonly fieldNames?: ReadonlyMap<string, string | null>;

  /**
   * What a whole document must be, and what `resolve` is given of it. A relative file that it names
   * lies in `folder`. A message of this schema never holds a value of the document.
   */
  schema(folder: string): z.ZodType<T>;

  /**
   * What a valid document declares; null when it only holds what others refer to. Does nothing else.
   * @throws BrokenReference when the document refers to what is not there or cannot be used.
   */
  resolve(value: T, references: References): Declared | null;
}

/** The other documents of the set. */
export interface References {
  /**
   * The document of a kind and a name; null when it is faulty, which has been told: then nothing of
   * the set is applied, and what was to be resolved may be left out.
   * @throws BrokenReference at `field`, when there is no such document.
   */
  find<T>(kind: ManifestKind<T>, name: string, field: string): T | null;
}

/** A field of a document refers to what is not there or cannot be used. Never holds a value. */
export class BrokenReference extends Error {
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(message);
    this.name = 'BrokenReference';
  }
}

/** Injection token: every ManifestKind, in the order in which they are applied. */
export const MANIFEST_KINDS = Symbol('MANIFEST_KINDS');
