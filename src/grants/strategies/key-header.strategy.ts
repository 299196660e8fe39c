import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HeaderAPIKeyStrategy } from 'passport-headerapikey';
import { PermanentKeys } from '../permanent-keys.service.js';

const HEADER = 'x-auth-token';

/**
 * `X-AUTH-TOKEN: <permanent token>` (003, "Using header"); an empty value is not there. Made without
 * Nest's mixin, which takes the last argument for the callback: this strategy hands the request last.
 */
@Injectable()
export class KeyHeaderStrategy extends HeaderAPIKeyStrategy {
  constructor(keys: PermanentKeys) {
    super({ header: HEADER, prefix: '' }, true, (secret, done, source) => {
      const request = source as unknown as FastifyRequest;
      keys.authenticate(secret, request.surface.name, request.ip).then(
        (principal) => done(null, principal),
        (error: Error) => done(error),
      );
    });
  }

  /** Without the header this is not the carrier; passport-headerapikey alone would refuse. */
  override authenticate(source: unknown): void {
    const request = source as FastifyRequest;
    if (!request.headers[HEADER]) return this.pass();
    super.authenticate(source as never);
  }
}
