import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Precondition } from '../common/precondition.js';
import { entityTagOf, isMatched, isNotModified } from './entity-tag.js';
import { PreconditionFailed } from './http.errors.js';

/** The entity tags of one request: what it holds to be present, and what its answer is tagged with. */
export class Tagged {
  constructor(
    private readonly request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {}

  /** Tags an answer; one that the caller has already becomes 304 without a body (RFC 9110 13.1.2). */
  answer<View extends object>(view: View): View | undefined {
    const etag = entityTagOf(view);
    void this.reply.header('etag', etag);
    const isRead = this.request.method === 'GET' || this.request.method === 'HEAD';
    if (!isRead || !isNotModified(this.request.headers['if-none-match'], etag)) return view;
    void this.reply.status(304);
    return undefined;
  }

  /**
   * The caller's `If-Match`, to be looked at where the change is made; a request without one minds nothing.
   * @param view what a GET of the thing answers
   */
  condition<Thing>(view: (present: Thing) => object): Precondition<Thing> {
    const ifMatch = this.request.headers['if-match'];
    return (present) => {
      if (ifMatch !== undefined && !isMatched(ifMatch, entityTagOf(view(present)))) {
        throw new PreconditionFailed();
      }
    };
  }
}

/** Describes the header of a route that changes a thing only as it was seen. */
export const ConditionalOnTag = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: false,
      description:
        'An `ETag` that a GET answered: the change is made only if it is still so, else 412 `precondition-failed`.',
      schema: { type: 'string' },
    }),
  );

/** Describes the header of a route whose answer need not be sent to who has it. */
export const ReadOnTag = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description: 'The `ETag` of what the caller has: 304 without a body if it is still so.',
      schema: { type: 'string' },
    }),
  );

/** Hands a handler the entity tags of its request. */
export const EntityTags = createParamDecorator((_: unknown, context: ExecutionContext): Tagged => {
  const http = context.switchToHttp();
  return new Tagged(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});
