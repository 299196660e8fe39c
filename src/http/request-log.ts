import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Level, Logger } from 'pino';
import './fastify-request.js';
import { SLOW_REQUEST } from './limits.js';

/**
 * How loud an answered request is: 5xx an error, one over half a second a warning, a refusal of a
 * credential route an information, all else for who debugs: a line costs more than a token check.
 */
export function levelOf(status: number, elapsed: number, credentialRoute: boolean): Level {
  if (status >= 500) return 'error';
  if (elapsed > SLOW_REQUEST) return 'warn';
  return credentialRoute && status >= 400 ? 'info' : 'debug';
}

/**
 * Makes the `onResponse` hook that writes the request line. It holds the route's pattern, never the
 * path (token routes), a query value or a body; `route` is null where no route answered.
 */
export function createRequestLog(logger: Logger) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const level = levelOf(reply.statusCode, reply.elapsedTime, request.credentialRoute);
    if (logger.isLevelEnabled(level)) {
      logger[level](
        {
          requestId: request.id,
          method: request.method,
          route: request.routeOptions.url ?? null,
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          address: request.ip,
          // Missing where Nest's adapter turns a target away (`OPTIONS *`) before the edge hook.
          surface: request.surface?.name ?? null,
        },
        'request',
      );
    }
    done();
  };
}
