import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { answerCors } from './cors.hook.js';
import './fastify-request.js';
import { MalformedRequest } from './http.errors.js';
import type { MethodTable } from './method-table.js';
import { securityHeaders } from './security-headers.js';
import type { SurfaceRegistry } from './surface-registry.js';

/**
 * Makes the one `onRequest` hook, run before anything else looks at a request: it finds the surface,
 * sets the security headers, does CORS and refuses what no handler will see. 404 and 405 are answered
 * here and not in the not-found handler, which Fastify calls only once it has parsed the body.
 */
export function createEdgeHook(config: Config, surfaces: SurfaceRegistry, methods: MethodTable) {
  const headers = securityHeaders(config);
  const { linkOrigins } = config.links;
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    request.surface = surfaces.of(request);
    void reply.headers(headers);
    if (isMalformed(request)) return done(new MalformedRequest());
    if (answerCors(request, reply, methods, linkOrigins)) return;
    done(request.is404 ? methods.refusal(request.method, request.originalUrl) : undefined);
  };
}

/** A NUL would end as an error of PostgreSQL; without Host a HTTP/1.1 request is void (RFC 9112 3.2). */
function isMalformed(request: FastifyRequest): boolean {
  const { raw } = request;
  return request.originalUrl.includes('%00') || (raw.httpVersion === '1.1' && raw.headers.host === undefined);
}
