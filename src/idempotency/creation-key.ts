/** A creation that its caller may ask for again without making the same thing twice. */
export interface CreationKey {
  /** The caller's `Idempotency-Key`. */
  readonly key: string;
  /** The route's method and pattern: one key may serve at several. */
  readonly route: string;
  /** All that was asked for, as text. A secret. */
  readonly request: string;
}

/** What became of a creation. */
export interface Creation {
  /** The id of what was made. */
  readonly id: string;
  /** True when it was made by an earlier request with the same key. */
  readonly isRepeated: boolean;
}
