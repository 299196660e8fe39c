import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { CreationKey } from './creation-key.js';
import { IdempotencyKeyInvalid } from './idempotency.errors.js';

const HEADER = 'idempotency-key';
const FORM = /^[\x21-\x7e]{1,255}$/;

/**
 * Hands a handler the key by which its creation is repeated; null without one.
 * @throws IdempotencyKeyInvalid
 */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): CreationKey | null => {
    const { headers, method, routeOptions, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const key = headers[HEADER];
    if (key === undefined) return null;
    if (typeof key !== 'string' || !FORM.test(key)) throw new IdempotencyKeyInvalid();
    return { key, route: `${method} ${routeOptions.url ?? ''}`, request: JSON.stringify(body ?? null) };
  },
);

/** Describes the header of a route whose creation may be repeated. */
export const Repeatable = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Up to 255 visible characters of the caller’s choice. A request repeated with it within 24 hours makes nothing more: it is answered with what was made, or, where that answer showed a secret, with 409 `already-created` and its `id`.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    }),
  );
