import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyHttpOptions, FastifyInstance, RawServerDefault } from 'fastify';
import type { Config } from '../config/config.js';
import { answerClientError } from './client-error.js';
import type { ErrorReplies } from './error-replies.js';
import { BODY_LIMIT, HEADERS_TIMEOUT, MAX_PARAM_LENGTH, REQUEST_TIMEOUT } from './limits.js';
import type { MethodTable } from './method-table.js';

/** What the adapter needs of the application, which is made after it. Null until it is configured. */
interface Edge {
  replies: ErrorReplies | null;
  methods: MethodTable | null;
}

/**
 * Nest's Fastify adapter whose own error and not-found handlers are replaced: Nest's would wrap
 * Fastify's errors and lose the methods of the path.
 */
export class EdgeAdapter extends FastifyAdapter {
  constructor(
    private readonly edge: Edge,
    options: FastifyHttpOptions<RawServerDefault>,
  ) {
    super(options);
  }

  /** Connects the adapter with the application; before that it must not listen. */
  connect(replies: ErrorReplies, methods: MethodTable): void {
    this.edge.replies = replies;
    this.edge.methods = methods;
  }

  override setErrorHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setErrorHandler((error, request, reply) => {
      this.edge.replies?.answer(error, request, reply);
    });
  }

  override setNotFoundHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>().setNotFoundHandler((request, reply) => {
      const refusal = this.edge.methods?.refusal(request.method, request.originalUrl);
      this.edge.replies?.answer(refusal, request, reply);
    });
  }
}

/**
 * The HTTP server, not yet listening. `configureHttp` must follow once the application is made; the
 * caller creates that with `{ bodyParser: false }`.
 */
export function createFastifyAdapter(config: Config): EdgeAdapter {
  const edge: Edge = { replies: null, methods: null };
  return new EdgeAdapter(edge, {
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
    bodyLimit: BODY_LIMIT,
    trustProxy: trustProxy(config.server.trustProxyHops),
    genReqId: requestId,
    logger: false,
    requestTimeout: REQUEST_TIMEOUT,
    connectionTimeout: REQUEST_TIMEOUT,
    forceCloseConnections: 'idle',
    // What arrives on an open connection while the server stops is still answered, by its surface.
    return503OnClosing: false,
    http: {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: HEADERS_TIMEOUT / 3,
      // Node would answer in a shape of its own; the edge hook refuses it.
      requireHostHeader: false,
    },
    frameworkErrors: (error, request, reply) => {
      edge.replies?.answer(error, request, reply);
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket, edge.replies),
  });
}

/**
 * Believes exactly `hops` proxies, counted from us. A function, because Fastify takes a plain number
 * for "trust nobody".
 */
function trustProxy(hops: number): false | ((address: string, hop: number) => boolean) {
  return hops > 0 && ((_address, hop) => hop < hops);
}

const REQUEST_ID = /^[\w-]{1,64}$/;

/** The caller's `X-Request-Id` where it cannot do harm in a log, else a fresh UUID. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
