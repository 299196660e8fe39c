import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../common/security/principal.js';
import { ApiKeyRefused } from '../grants.errors.js';
import { PermanentKeys } from '../permanent-keys.service.js';
import { ExtractingStrategy } from './extracting.strategy.js';

/** `?auth_token=<permanent token>` (003, "Using query parameter"); an empty value is not there. */
@Injectable()
export class KeyQueryStrategy extends PassportStrategy(ExtractingStrategy, 'api-key-query') {
  constructor(private readonly keys: PermanentKeys) {
    super(keyFromQuery);
  }

  validate(secret: string, request: FastifyRequest): Promise<Principal> {
    return this.keys.authenticate(secret, request.surface.name, request.ip);
  }
}

export function keyFromQuery(request: Pick<FastifyRequest, 'query'>): string | null {
  const value = (request.query as Record<string, unknown>)['auth_token'];
  if (value === undefined || value === '') return null;
  if (typeof value !== 'string') throw new ApiKeyRefused();
  return value;
}
