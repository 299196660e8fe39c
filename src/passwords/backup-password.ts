import { isVerifiableHash } from './verifiable-hash.js';

const MAX_ENCODED_LENGTH = 1_024;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const HASH = /^(\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[A-Za-z0-9+/]+)={0,2}(\$[A-Za-z0-9+/]+)={0,2}$/;

/** What is expected, in words; for faults. */
export const BACKUP_PASSWORD = 'base64 of an argon2id hash, $argon2id$v=19$m=…,t=…,p=…$<salt>$<hash>';

/**
 * The PHC string of a password as document 001 encodes it: base64 of an argon2id hash whose salt and
 * digest are base64 with padding, which PHC has not. Null when it is anything else, or when nobody
 * could sign in against it. White space, as YAML and `base64` put it, does not matter.
 */
export function backupPasswordHash(encoded: string): string | null {
  if (encoded.length > MAX_ENCODED_LENGTH) return null;
  const packed = encoded.replace(/\s/g, '');
  if (!BASE64.test(packed)) return null;
  const parts = HASH.exec(Buffer.from(packed, 'base64').toString('latin1').trimEnd());
  if (!parts) return null;
  const hash = `${parts[1]}${parts[2]}`;
  return isVerifiableHash(hash) ? hash : null;
}
