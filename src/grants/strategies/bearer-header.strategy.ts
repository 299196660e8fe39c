import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../common/security/principal.js';
import { CredentialResolver } from '../credential-resolver.service.js';
import { CredentialMalformed } from '../grants.errors.js';
import { ExtractingStrategy } from './extracting.strategy.js';

/** `Authorization: Bearer <token>` (RFC 6750 2.1). */
@Injectable()
export class BearerHeaderStrategy extends PassportStrategy(ExtractingStrategy, 'bearer-header') {
  constructor(private readonly resolver: CredentialResolver) {
    super(tokenFromBearer);
  }

  validate(token: string, request: FastifyRequest): Promise<Principal> {
    return this.resolver.resolve(token, request.surface.name, request.ip);
  }
}

export function tokenFromBearer(request: Pick<FastifyRequest, 'headers'>): string | null {
  const [scheme, token, ...more] = (request.headers.authorization ?? '').trim().split(/\s+/);
  if (scheme?.toLowerCase() !== 'bearer') return null;
  if (token === undefined) throw new CredentialMalformed('empty');
  if (more.length > 0) throw new CredentialMalformed('spaces');
  return token;
}
