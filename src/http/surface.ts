import type { IncomingHttpHeaders } from 'node:http';
import type { DomainError } from '../common/domain-error.js';
import type { Carrier } from '../common/security/carrier.js';

/** How a surface answers one refusal. Header names in any case. */
export interface ErrorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, `undefined` is an empty body, everything else is sent as JSON. */
  readonly body: unknown;
  /** Default: `application/json; charset=utf-8`, for text `text/plain; charset=utf-8`. */
  readonly contentType?: string;
}

/** What a presenter may know of the request that failed. `path` is as it was sent, without its query. */
export interface FailedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Which pages may call from a browser: those of our own origins, with or without credentials, every page, or none. */
export type CorsPolicy = 'any' | 'own' | 'credentialed' | 'none';

/** One documented HTTP API, as the edge must know it. */
export interface Surface {
  readonly name: string;
  /** The path prefixes that it owns, each whole segments without a trailing slash: `/api/v1.1`, `/c`. */
  readonly segments: readonly string[];
  /** Where its credentials travel; no other place is looked at. */
  readonly carriers: readonly Carrier[];
  readonly cors: CorsPolicy;
  /** Puts a refusal into this API's own shape. Must not throw and must not show `error.cause`. */
  presentError(error: DomainError, request: FailedRequest): ErrorReply;
}
