import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ForeignOrigin } from '../../common/errors.js';
import type { Principal } from '../../common/security/principal.js';
import { Config } from '../../config/config.js';
import { isForeignBrowserRequest } from '../../http/request-origin.js';
import { sessionCookieOf } from '../../http/session-cookie.js';
import { CredentialResolver } from '../credential-resolver.service.js';
import { ExtractingStrategy } from './extracting.strategy.js';

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The cookie `session` (002). A browser sends it by itself, so on an unsafe method it counts only for
 * a page of ours (contract 3.13).
 */
@Injectable()
export class SessionCookieStrategy extends PassportStrategy(ExtractingStrategy, 'session-cookie') {
  constructor(
    private readonly resolver: CredentialResolver,
    private readonly config: Config,
  ) {
    super((request: FastifyRequest) => sessionCookieOf(request.headers));
  }

  validate(secret: string, request: FastifyRequest): Promise<Principal> {
    const isForeign = isForeignBrowserRequest(request.headers, this.config.links.linkOrigins);
    if (!SAFE.has(request.method) && isForeign) throw new ForeignOrigin();
    return this.resolver.resolve({
      secret,
      use: 'cookie',
      surface: request.surface.name,
      address: request.ip,
    });
  }
}
