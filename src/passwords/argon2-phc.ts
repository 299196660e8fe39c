import { parseOptions, type ParsedHashOptions } from '@node-rs/argon2';

/** The numbers behind the library's `const enum`, which an isolated module cannot read. */
export const ARGON2ID = 2;
export const ARGON2_VERSION_19 = 1;

/** Far more than any hash in use needs; nothing longer is even parsed. */
const LONGEST_HASH = 512;

/** Parameters, salt and digest only: `keyid` and `data` ask for secrets that Gatehouse does not have. */
const SHAPE = /^\$argon2(id|i|d)\$(v=\d+\$)?[mtp=,\d]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/;

/** The parameters inside an Argon2 hash in PHC form, or null when `hash` is not a sound one. */
export function parseArgon2(hash: string): ParsedHashOptions | null {
  if (hash.length > LONGEST_HASH || !SHAPE.test(hash)) return null;
  try {
    return parseOptions(hash);
  } catch {
    return null;
  }
}
