import { STATUS_CODES } from 'node:http';
import { FieldsRefused, type DomainError, type ErrorKind } from '../common/domain-error.js';
import { EDGE_STATUS } from './http.errors.js';
import { protocolHeaders } from './protocol-headers.js';
import type { ErrorReply, Surface } from './surface.js';

const byKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  gone: 410,
  rate_limited: 429,
  overloaded: 503,
  internal: 500,
};

/**
 * The native API `/v1`. Refusals are RFC 9457 problem details: `type` is `urn:gatehouse:problem:<code>`, `code` and the error's own params are members of their own.
 */
export const nativeSurface: Surface = {
  name: 'native',
  segments: ['/v1'],
  carriers: ['bearer-header', 'api-key-header', 'session-cookie'],
  cors: 'credentialed',
  presentError,
};

/** Whatever path no surface claims, pages above all: as the native API, but nothing for another origin's page to read. */
export const unclaimedPaths: Surface = { ...nativeSurface, segments: [], cors: 'none' };

function presentError(error: DomainError): ErrorReply {
  const status = EDGE_STATUS[error.code] ?? byKind[error.kind];
  const challenge: Record<string, string> = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return {
    status,
    contentType: 'application/problem+json',
    headers: { ...protocolHeaders(error, status), ...challenge },
    body: { ...membersOf(error), ...headOf(error, status) },
  };
}

function headOf(error: DomainError, status: number): object {
  const title = STATUS_CODES[status] ?? 'Error';
  if (error.kind === 'internal') return { type: 'about:blank', title, status, code: 'internal' };
  return { type: `urn:gatehouse:problem:${error.code}`, title, status, code: error.code };
}

function membersOf(error: DomainError): object {
  if (error.kind === 'internal') return {};
  return error instanceof FieldsRefused ? { errors: error.fieldErrors } : error.params;
}
