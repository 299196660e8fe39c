import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../common/actor.js';
import type { Principal } from '../common/security/principal.js';
import './fastify-request.js';

const LONGEST_USER_AGENT = 255;

/** Who asks, from where. `signal` aborts when the caller hangs up before he is answered. */
export function actorOf(request: FastifyRequest, reply: FastifyReply): Actor {
  let signal: AbortSignal | null = null;
  return {
    principal: request.principal ?? null,
    address: request.ip ?? '',
    userAgent: (request.headers['user-agent'] ?? '').slice(0, LONGEST_USER_AGENT),
    requestId: request.id,
    surface: request.surface?.name,
    // Made on first use: most use cases never look, and a listener on every request would cost.
    get signal() {
      signal ??= signalOf(reply);
      return signal;
    },
  };
}

/** Not Fastify's `request.signal`: that one hears of the body's end, not of the caller's. */
function signalOf(reply: FastifyReply): AbortSignal {
  if (reply.raw.destroyed) return AbortSignal.abort();
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}

/** Hands a handler the Actor of its request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const http = context.switchToHttp();
  return actorOf(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});

/** Hands a handler the Principal that the guard found; null where the handler needs none. */
export const CurrentPrincipal = createParamDecorator(
  (_: unknown, context: ExecutionContext): Principal | null => {
    return context.switchToHttp().getRequest<FastifyRequest>().principal ?? null;
  },
);
