import formbody from '@fastify/formbody';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Config } from '../config/config.js';
import { createEdgeHook } from './edge.hook.js';
import { ErrorReplies } from './error-replies.js';
import { EdgeAdapter } from './fastify-adapter.js';
import './fastify-request.js';
import { readFormBody } from './form-body.js';
import { GlobalExceptionFilter } from './global-exception.filter.js';
import { stopGracefully } from './graceful-stop.js';
import { readJsonBody } from './json-body.js';
import { BODY_LIMIT } from './limits.js';
import { LOGGER } from './logger.js';
import { MethodTable } from './method-table.js';
import { useMultipart } from './multipart/use-multipart.js';
import { createRequestLog } from './request-log.js';
import { SurfaceRegistry } from './surface-registry.js';
import { ValidateBodyPipe } from './validate-body.pipe.js';

/**
 * Puts the edge around an application: parsers, hooks, pipe and filter. Call it once, between
 * `NestFactory.create(…, createFastifyAdapter(config), { bodyParser: false })` and `listen` or `init`.
 */
export function configureHttp(app: NestFastifyApplication): void {
  const adapter = app.getHttpAdapter();
  if (!(adapter instanceof EdgeAdapter))
    throw new Error('configureHttp needs an adapter of createFastifyAdapter');
  const methods = app.get(MethodTable);
  adapter.connect(app.get(ErrorReplies), methods);

  const instance = adapter.getInstance<FastifyInstance>();
  instance.decorateRequest('principal', null);
  instance.decorateRequest('credentialRoute', false);
  // Null only until the edge hook has run, which nothing precedes that looks at it.
  instance.decorateRequest('surface', null as never);
  instance.addHook('onRoute', (route) => methods.add(route.method, route.url));
  instance.addHook('onRequest', createEdgeHook(app.get(Config), app.get(SurfaceRegistry), methods));
  instance.addHook('onResponse', createRequestLog(app.get<Logger>(LOGGER)));
  stopGracefully(instance);

  useBodyParsers(app, instance);
  app.useGlobalPipes(app.get(ValidateBodyPipe));
  app.useGlobalFilters(app.get(GlobalExceptionFilter));
}

function useBodyParsers(app: NestFastifyApplication, instance: FastifyInstance): void {
  // A text body is what a foreign page may send without asking; no document has one.
  instance.removeContentTypeParser('text/plain');
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, (_request, body, done) => {
    done(null, readJsonBody(body));
  });
  void instance.register(formbody, { bodyLimit: BODY_LIMIT, parser: readFormBody });
  useMultipart(instance);
}
