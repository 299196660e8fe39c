import type { ClientProof } from '../../auth/authenticate-client.service.js';
import { InvalidParameter } from './gemini.errors.js';
import type { Parameters } from './parameters.js';

/**
 * How the client shows who it is: Basic, the body's `client_id` and `client_secret`, or a token that
 * was issued to it before, also written `Bearer: <token>` as the document's example does. More than
 * one way at once is refused (RFC 6749 2.3). Null for none.
 * @throws InvalidParameter
 */
export function clientProofOf(authorization: string | undefined, parameters: Parameters): ClientProof | null {
  const hasBody = parameters.has('client_secret');
  const [scheme = '', ...rest] = (authorization ?? '').trim().split(/\s+/);
  const value = rest.join(' ');
  switch (scheme.toLowerCase()) {
    case 'basic':
      return basicOnly(basicProof(value), hasBody, parameters);
    case 'bearer':
    case 'bearer:':
      if (!hasBody) return { kind: 'earlier-token', token: value };
      break;
  }
  if (!hasBody) return null;
  return { kind: 'secret', id: parameters.text('client_id'), secret: parameters.text('client_secret') };
}

/** The same without tokens issued before: a user's token makes no further users (contract 4.1). @throws InvalidParameter */
export function secretProofOf(authorization: string | undefined, parameters: Parameters): ClientProof | null {
  const proof = clientProofOf(authorization, parameters);
  return proof?.kind === 'secret' ? proof : null;
}

/** A client that the body names beside Basic must be the same one. @throws InvalidParameter */
function basicOnly(proof: ClientProof | null, hasBody: boolean, parameters: Parameters): ClientProof | null {
  if (hasBody) throw new InvalidParameter('client_secret');
  const named = parameters.optionalText('client_id');
  if (named !== null && proof?.kind === 'secret' && proof.id !== named)
    throw new InvalidParameter('client_id');
  return proof;
}

/** RFC 6749 2.3.1: both halves are form-encoded inside Basic; many clients leave that out. */
function basicProof(value: string): ClientProof | null {
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) return null;
  return { kind: 'secret', id: decoded(text.slice(0, colon)), secret: decoded(text.slice(colon + 1)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
