import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { DomainError } from '../common/domain-error.js';
import { Config } from '../config/config.js';
import './fastify-request.js';
import { InternalFault } from './http.errors.js';
import { LOGGER } from './logger.js';
import { nativeSurface } from './native.surface.js';
import { protocolHeaders } from './protocol-headers.js';
import { sentPath } from './request-path.js';
import { securityHeaders } from './security-headers.js';
import { SurfaceRegistry } from './surface-registry.js';
import type { FailedRequest, Surface } from './surface.js';
import { toDomainError } from './to-domain-error.js';

/** A refusal ready for the wire. Header names are lower-case. */
export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** What a handler may have said of an answer that is not sent after all. */
const OF_ANOTHER_BODY = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-disposition',
  'etag',
  'last-modified',
];

/** Answers whatever was thrown, in the shape of the surface that was asked. */
@Injectable()
export class ErrorReplies {
  private readonly always: Readonly<Record<string, string>>;

  constructor(
    private readonly surfaces: SurfaceRegistry,
    @Inject(LOGGER) private readonly logger: Logger,
    config: Config,
  ) {
    this.always = securityHeaders(config);
  }

  /**
   * Sends the refusal. A fault of ours is logged with request id and stack, and shows nothing of
   * itself. When the answer has begun already, the connection is cut: the caller must not take half
   * an answer for a whole one.
   */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = toDomainError(thrown);
    this.report(error, {
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? null,
    });
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (reply.sent) return;
    const failed = { method: request.method, path: sentPath(request.originalUrl), headers: request.headers };
    const wire = this.present(error, request.surface ?? this.surfaces.of(request), failed);
    for (const name of OF_ANOTHER_BODY) reply.removeHeader(name);
    void reply
      .code(wire.status)
      .headers({ ...wire.headers, 'x-request-id': request.id })
      .send(wire.body);
  }

  /** The refusal of a request that never became one: by its target, where that could be read. */
  presentUnrouted(thrown: unknown, failed: FailedRequest): WireReply {
    return this.present(toDomainError(thrown), this.surfaces.find(failed.path), failed);
  }

  private present(error: DomainError, surface: Surface, failed: FailedRequest): WireReply {
    const reply = this.ask(surface, error, failed);
    const isText = typeof reply.body === 'string';
    const contentType = reply.contentType ?? `${isText ? 'text/plain' : 'application/json'}; charset=utf-8`;
    const text = isText ? reply.body : JSON.stringify(reply.body);
    return {
      status: reply.status,
      headers: {
        ...this.always,
        ...protocolHeaders(error, reply.status),
        ...lowerCased(reply.headers ?? {}),
        ...(text === undefined ? {} : { 'content-type': contentType }),
      },
      // Bytes, not text: Fastify would add a charset to a content type that has none.
      body: text === undefined ? undefined : Buffer.from(text),
    };
  }

  private ask(surface: Surface, error: DomainError, failed: FailedRequest) {
    try {
      return surface.presentError(error, failed);
    } catch (fault) {
      this.logger.error({ err: fault, surface: surface.name, code: error.code }, 'a presenter failed');
      return nativeSurface.presentError(new InternalFault(fault), failed);
    }
  }

  private report(
    error: DomainError,
    request: { requestId: string; method: string; route: string | null },
  ): void {
    const err = error.cause ?? error;
    if (error.kind === 'internal') this.logger.error({ ...request, err }, 'internal fault');
    else if (error.kind === 'overloaded' && error.cause) this.logger.warn({ ...request, err }, 'overloaded');
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
