import { normaliseIdentifier } from '../../common/identifier.js';
import { isMailAddress } from '../../mail/mail-address.js';
import { toLabel, type Identity } from '../provider.js';
import { ProofRefused } from '../social.errors.js';

const LONGEST = 255;

/** Who the verified claims of an ID token speak of (OpenID Connect Core 2, 5.1). @throws ProofRefused */
export function identityOf(claims: Readonly<Record<string, unknown>>): Identity {
  const { iss: issuer, sub: subject, preferred_username: handle, name } = claims;
  if (!isBounded(issuer) || !isBounded(subject)) throw new ProofRefused();
  return { issuer, subject, label: toLabel(handle) ?? toLabel(name), email: vouchedAddress(claims) };
}

/** Only an address of which the provider says that it is verified counts. */
function vouchedAddress({ email, email_verified: isVerified }: Readonly<Record<string, unknown>>) {
  if (typeof email !== 'string' || isVerified !== true) return null;
  const address = normaliseIdentifier(email);
  return isMailAddress(address) ? address : null;
}

function isBounded(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}
