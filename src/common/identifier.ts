import { domainToASCII } from 'node:url';

/** No stored identifier is longer, in UTF-16 units, once it is normalised. */
const LONGEST = 320;
/** Normalising and Punycode cost more than linear time: text over this is not looked at. */
const LONGEST_TYPED = 512;
const LONGEST_DOMAIN = 253;

/**
 * Text of which all that is said below is that it is put in lower case: visible ASCII, and of an address a
 * domain of letters, digits, dots and hyphens whose last label has letters only, so that it is no number.
 */
const PLAIN =
  /^(?:[\x21-\x3f\x41-\x7e]{1,64}|[\x21-\x3f\x41-\x7e]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,63})$/;

/** What everything over-long is compared as; no identifier that is stored. */
const NOBODYS = '\uFFFF';

/**
 * The one spelling under which a user name, e-mail address, phone or card is compared: Unicode NFKC,
 * lower case, outer white space removed, the domain of an address in ASCII (RFC 5891). Two identifiers
 * are the same when this is (contract 3.10). Text that is too long to be one is nobody's: it costs
 * nothing to find that out, whoever sends it.
 */
export function normaliseIdentifier(value: string): string {
  if (value.length > LONGEST_TYPED) return NOBODYS;
  if (PLAIN.test(value)) return value.toLowerCase();
  const plain = value.normalize('NFKC').trim().toLowerCase();
  if (plain.length > LONGEST) return NOBODYS;
  const at = plain.lastIndexOf('@');
  if (at < 1) return plain;
  const domain = plain.slice(at + 1);
  if (domain.length > LONGEST_DOMAIN) return NOBODYS;
  const normalised = plain.slice(0, at + 1) + (domainToASCII(domain) || domain);
  return normalised.length > LONGEST ? NOBODYS : normalised;
}

/** True when `value`, as it is compared, could be somebody's: neither blank nor what all over-long text is. */
export function isComparable(value: string): boolean {
  const normalised = normaliseIdentifier(value);
  return normalised !== '' && normalised !== NOBODYS;
}
