import { HttpException } from '@nestjs/common';
import { DomainError } from '../common/domain-error.js';
import { Forbidden, NotFound, Overloaded, RateLimited } from '../common/errors.js';
import {
  BodyTooLarge,
  HeadersTooLarge,
  InternalFault,
  MalformedBody,
  MalformedRequest,
  MethodNotAllowed,
  RequestTimedOut,
  RouteNotFound,
  Unauthenticated,
  UnsupportedMediaType,
} from './http.errors.js';

interface Thrown {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly statusCode?: unknown;
  readonly expose?: unknown;
  readonly cause?: unknown;
}

/** What was dropped because its caller has hung up ends as this, which nobody will read. */
const ABORTED = 'AbortError';

const BY_CODE: Readonly<Record<string, () => DomainError>> = {
  FST_ERR_BAD_URL: () => new MalformedRequest(),
  FST_ERR_MAX_PARAM_LENGTH: () => new MalformedRequest(),
  FST_ERR_CTP_BODY_TOO_LARGE: () => new BodyTooLarge(),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new UnsupportedMediaType(),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () => new MalformedBody(),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => new MalformedBody(),
  FST_ERR_CTP_INVALID_JSON_BODY: () => new MalformedBody(),
  FST_ERR_NOT_FOUND: () => new RouteNotFound(),
  HPE_HEADER_OVERFLOW: () => new HeadersTooLarge(),
  ERR_HTTP_REQUEST_TIMEOUT: () => new RequestTimedOut(),
};

const BY_STATUS: Readonly<Record<number, () => DomainError>> = {
  401: () => new Unauthenticated(),
  403: () => new Forbidden(),
  404: () => new RouteNotFound(),
  405: () => new MethodNotAllowed([]),
  408: () => new RequestTimedOut(),
  410: () => new NotFound(),
  413: () => new BodyTooLarge(),
  415: () => new UnsupportedMediaType(),
  429: () => new RateLimited(60),
  431: () => new HeadersTooLarge(),
  503: () => new Overloaded(1),
};

/**
 * What a thrown thing means to a caller. Our own errors stay as they are; those of Nest, Fastify and
 * Node's HTTP parser become errors of the edge; everything else is an InternalFault with it as cause.
 * Errors are told by their shape: those of Node's core are of another realm under test.
 */
export function toDomainError(thrown: unknown): DomainError {
  if (thrown instanceof DomainError) return thrown;
  if (typeof thrown !== 'object' || thrown === null) return new InternalFault(thrown);
  const fault: Thrown = thrown;
  if (fault.name === ABORTED) return new RequestTimedOut();
  const named = byCode(fault) ?? (thrown instanceof HttpException ? byCode(thrown.cause) : null);
  return named ?? byStatus(statusOf(fault)) ?? new InternalFault(thrown);
}

function byCode(thrown: unknown): DomainError | null {
  if (thrown instanceof DomainError) return thrown;
  const code = (thrown as Thrown | undefined)?.code;
  if (typeof code !== 'string') return null;
  if (Object.hasOwn(BY_CODE, code)) return BY_CODE[code]?.() ?? null;
  return code.startsWith('HPE_') ? new MalformedRequest() : null;
}

/**
 * The status that a framework's error asks for. The `statusCode` of any other error is not ours: it
 * may be what a remote server told us. One exception: Fastify marks a body cut off by its sender.
 */
function statusOf(thrown: Thrown): number | null {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const isFramework = thrown.name === 'FastifyError' || typeof thrown.expose === 'boolean';
  const isCutOff = thrown.code === 'ECONNRESET' && thrown.statusCode === 400;
  return (isFramework || isCutOff) && typeof thrown.statusCode === 'number' ? thrown.statusCode : null;
}

function byStatus(status: number | null): DomainError | null {
  if (status === null) return null;
  const known = BY_STATUS[status];
  if (known) return known();
  return status >= 400 && status < 500 ? new MalformedRequest() : null;
}
