import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-jwt';
import type { Principal } from '../../common/security/principal.js';
import { CredentialResolver } from '../credential-resolver.service.js';
import { CredentialMalformed } from '../grants.errors.js';

type Verified = (error: Error | null, principal?: Principal) => void;

/**
 * passport-jwt hands its verifier the token and what the key provider gave. Ours gives the look-up of
 * this request: which key, algorithm, issuer and audience count, and whether the session lives, is
 * decided by the one resolver, which verifies a JWT once while a copy of its principal is at hand.
 */
(Strategy as unknown as { JwtVerifier: unknown }).JwtVerifier = (
  token: string,
  lookUp: (token: string) => Promise<Principal>,
  _options: object,
  verified: Verified,
) => lookUp(token).then((principal) => verified(null, principal), verified);

/** `Authorization: Bearer <token>` (RFC 6750 2.1): a JWT, or at the native API an opaque token. */
@Injectable()
export class BearerTokenStrategy extends PassportStrategy(Strategy, 'bearer-header') {
  constructor(resolver: CredentialResolver) {
    super({
      jwtFromRequest: (request: FastifyRequest) => tokenFromBearer(request),
      secretOrKeyProvider: (
        request: FastifyRequest,
        _token: string,
        done: (error: null, key: unknown) => void,
      ) =>
        done(null, (secret: string) =>
          resolver.resolve({ secret, use: 'access', surface: request.surface.name, address: request.ip }),
        ),
    } as never);
  }

  /** The verifier has found the principal already. */
  validate(principal: Principal): Principal {
    return principal;
  }

  /** Without the header this is not the carrier; passport-jwt alone would refuse. */
  override authenticate(source: unknown): void {
    const request = source as FastifyRequest;
    let isPresent: boolean;
    try {
      isPresent = tokenFromBearer(request) !== null;
    } catch (error) {
      return this.error(error as Error);
    }
    if (!isPresent) return this.pass();
    super.authenticate(source as never);
  }
}

export function tokenFromBearer(request: Pick<FastifyRequest, 'headers'>): string | null {
  const [scheme, token, ...more] = (request.headers.authorization ?? '').trim().split(/\s+/);
  if (scheme?.toLowerCase() !== 'bearer') return null;
  if (token === undefined) throw new CredentialMalformed('empty');
  if (more.length > 0) throw new CredentialMalformed('spaces');
  return token;
}
