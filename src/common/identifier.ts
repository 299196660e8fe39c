import { domainToASCII } from 'node:url';

/**
 * The one spelling under which a user name, e-mail address, phone or card is compared: Unicode NFKC,
 * lower case, outer white space removed, the domain of an address in ASCII (RFC 5891). Two identifiers
 * are the same when this is (contract 3.10).
 */
export function normaliseIdentifier(value: string): string {
  const plain = value.normalize('NFKC').trim().toLowerCase();
  const at = plain.lastIndexOf('@');
  if (at < 1) return plain;
  return plain.slice(0, at + 1) + (domainToASCII(plain.slice(at + 1)) || plain.slice(at + 1));
}
