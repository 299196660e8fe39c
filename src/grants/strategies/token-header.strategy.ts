import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../common/security/principal.js';
import { CredentialResolver } from '../credential-resolver.service.js';
import { CredentialMalformed } from '../grants.errors.js';
import { ExtractingStrategy } from './extracting.strategy.js';

/** `Authorization: Token <token>` (004); another scheme is not this carrier. */
@Injectable()
export class TokenHeaderStrategy extends PassportStrategy(ExtractingStrategy, 'token-header') {
  constructor(private readonly resolver: CredentialResolver) {
    super(tokenFromHeader);
  }

  validate(token: string, request: FastifyRequest): Promise<Principal> {
    return this.resolver.resolve({
      secret: token,
      use: 'access',
      surface: request.surface.name,
      address: request.ip,
    });
  }
}

export function tokenFromHeader(request: Pick<FastifyRequest, 'headers'>): string | null {
  const [scheme, ...words] = (request.headers.authorization ?? '').trim().split(/\s+/);
  if (scheme?.toLowerCase() !== 'token') return null;
  const [token] = words;
  if (token === undefined) throw new CredentialMalformed('empty');
  if (words.length > 1) throw new CredentialMalformed('spaces');
  return token;
}
