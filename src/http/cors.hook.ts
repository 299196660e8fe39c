import type { FastifyReply, FastifyRequest } from 'fastify';
import './fastify-request.js';
import type { MethodTable } from './method-table.js';

const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Cache-Control',
  'X-Entity-Uid',
  'X-AUTH-TOKEN',
  'X-Request-Id',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
].join(', ');
/** What a page of another origin may read beside the body. */
const EXPOSED_HEADERS = 'ETag, Location, Retry-After, X-Request-Id';
const MAX_AGE_SECONDS = '3600';

/**
 * Says whether another origin's page may read the answer, as the surface wants it, and answers a
 * preflight of a known path at once, before any guard: it carries no credential. A preflight of an
 * unknown path, or of a surface without CORS, goes on like any OPTIONS.
 * @returns true when the request has been answered.
 */
export function answerCors(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: MethodTable,
  linkOrigins: readonly string[],
): boolean {
  const { cors } = request.surface;
  if (cors === 'none') return false;
  const { origin } = request.headers;
  if (cors === 'any') void reply.header('access-control-allow-origin', '*');
  else {
    // Also without an Origin: a cache must not hand this answer to a page that sends one.
    void reply.header('vary', 'Origin');
    if (origin !== undefined && linkOrigins.includes(origin)) {
      void reply.header('access-control-allow-origin', origin);
      if (!isPreflight(request)) void reply.header('access-control-expose-headers', EXPOSED_HEADERS);
      if (cors === 'credentialed') void reply.header('access-control-allow-credentials', 'true');
    }
  }
  return isPreflight(request) && answerPreflight(request, reply, methods);
}

function isPreflight(request: FastifyRequest): boolean {
  return request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
}

function answerPreflight(request: FastifyRequest, reply: FastifyReply, methods: MethodTable): boolean {
  const available = methods.methodsAt(request.originalUrl);
  if (available.length === 0) return false;
  if (reply.hasHeader('access-control-allow-origin')) {
    void reply
      .header('access-control-allow-methods', available.join(', '))
      .header('access-control-allow-headers', ALLOWED_HEADERS)
      .header('access-control-max-age', MAX_AGE_SECONDS);
  }
  void reply.code(204).send();
  return true;
}
