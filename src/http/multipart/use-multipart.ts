import multipart from '@fastify/multipart';
import type { FastifyContentTypeParser, FastifyInstance } from 'fastify';
import { UnsupportedMediaType } from '../http.errors.js';
import { readsNoBody } from '../reads-no-body.decorator.js';
import { takesMultipart } from './takes-multipart.decorator.js';

/**
 * Lets multipart bodies in where a handler says that it takes them, unread, and at routes that read no body:
 * a one-click unsubscription is posted in this type (RFC 8058 3.2). Everywhere else they are refused.
 */
export function useMultipart(instance: FastifyInstance): void {
  multipart(withoutHooks(instance), {}, () => undefined);
}

/**
 * The instance as the plugin sees it. Its hooks, which every request would pay for, remove temporary files
 * that we never have it write; its parser counts only where it may.
 */
function withoutHooks(instance: FastifyInstance): FastifyInstance {
  const addContentTypeParser = (type: string, parser: FastifyContentTypeParser) =>
    instance.addContentTypeParser(type, (request, payload, done) => {
      if (isTaken(request.routeOptions.config)) void parser(request, payload, done);
      else done(new UnsupportedMediaType());
    });
  return Object.create(instance, {
    addHook: { value: () => instance },
    addContentTypeParser: { value: addContentTypeParser },
  }) as FastifyInstance;
}

function isTaken(config: object): boolean {
  return takesMultipart(config) || readsNoBody(config);
}
