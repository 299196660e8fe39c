import type { DomainError } from '../common/domain-error.js';
import { MethodNotAllowed } from './http.errors.js';

/**
 * The headers that HTTP itself asks for with a refusal, whatever the surface: `Allow` with 405
 * (RFC 9110 15.5.6), `Connection: close` with 408, whose request never comes whole (15.5.9), `Retry-After`
 * in seconds with 429 and 503. Lower-case names.
 */
export function protocolHeaders(error: DomainError, status: number): Record<string, string> {
  if (status === 405 && error instanceof MethodNotAllowed) return { allow: error.allow.join(', ') };
  if (status === 408) return { connection: 'close' };
  const seconds = error.params['retryAfterSeconds'];
  if ((status === 429 || status === 503) && typeof seconds === 'number') {
    return { 'retry-after': String(Math.max(1, Math.ceil(seconds))) };
  }
  return {};
}
