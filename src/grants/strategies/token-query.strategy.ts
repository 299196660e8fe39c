import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../common/security/principal.js';
import { CredentialResolver } from '../credential-resolver.service.js';
import { CredentialMalformed } from '../grants.errors.js';
import { ExtractingStrategy } from './extracting.strategy.js';

const LENGTH = 40;

/** `?c_auth_with_token=<token>` (004, "Usage with token in URL"); an empty value is not there. */
@Injectable()
export class TokenQueryStrategy extends PassportStrategy(ExtractingStrategy, 'token-query') {
  constructor(private readonly resolver: CredentialResolver) {
    super(tokenFromQuery);
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

export function tokenFromQuery(request: Pick<FastifyRequest, 'query'>): string | null {
  const value = (request.query as Record<string, unknown>)['c_auth_with_token'];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string' || value.length !== LENGTH) throw new CredentialMalformed('length');
  return value;
}
