import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { HeaderAPIKeyStrategy } from 'passport-headerapikey';
import type { Principal } from '../../common/security/principal.js';
import { PermanentKeys } from '../permanent-keys.service.js';

const HEADER = 'x-auth-token';

/** `X-AUTH-TOKEN: <permanent token>` (003, "Using header"); an empty value is not there. */
@Injectable()
export class KeyHeaderStrategy extends PassportStrategy(HeaderAPIKeyStrategy, 'api-key-header') {
  constructor(private readonly keys: PermanentKeys) {
    super({ header: HEADER, prefix: '' }, true);
  }

  validate(secret: string, request: FastifyRequest): Promise<Principal> {
    return this.keys.authenticate(secret, request.surface.name, request.ip);
  }

  /** Without the header this is not the carrier; passport-headerapikey alone would refuse. */
  override authenticate(source: unknown): void {
    const request = source as FastifyRequest;
    if (!request.headers[HEADER]) return this.pass();
    super.authenticate(source as never);
  }
}
