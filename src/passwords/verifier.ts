/** Checks passwords against stored hashes of one kind, without ever working longer than its limits allow. */
export interface Verifier {
  /** True when `hash` is a sound hash of this kind and within its limits. Does no hashing. */
  recognises(hash: string): boolean;

  /** True when `hash` is of `password`; false at once, without work, for a hash that is not recognised. */
  verify(hash: string, password: string): Promise<boolean>;
}
