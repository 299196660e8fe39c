/**
 * The one spelling under which a user name, e-mail address, phone or card is compared: Unicode NFKC,
 * lower case, outer white space removed. Two identifiers are the same when this is (contract 3.10).
 */
export function normaliseIdentifier(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}
