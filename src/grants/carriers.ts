import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Strategy } from 'passport';
import type { Carrier } from '../common/security/carrier.js';
import { driveStrategy } from '../common/security/drive-strategy.js';
import type { Principal } from '../common/security/principal.js';
import { CredentialUnknown } from './grants.errors.js';
import { BearerTokenStrategy } from './strategies/bearer-token.strategy.js';
import { KeyHeaderStrategy } from './strategies/key-header.strategy.js';
import { KeyQueryStrategy } from './strategies/key-query.strategy.js';
import { SessionCookieStrategy } from './strategies/session-cookie.strategy.js';
import { TokenHeaderStrategy } from './strategies/token-header.strategy.js';
import { TokenQueryStrategy } from './strategies/token-query.strategy.js';

/** The Passport strategy of each carrier. */
@Injectable()
export class Carriers {
  private readonly strategies: ReadonlyMap<Carrier, Strategy>;

  constructor(
    tokenHeader: TokenHeaderStrategy,
    tokenQuery: TokenQueryStrategy,
    bearer: BearerTokenStrategy,
    keyHeader: KeyHeaderStrategy,
    keyQuery: KeyQueryStrategy,
    sessionCookie: SessionCookieStrategy,
  ) {
    this.strategies = new Map<Carrier, Strategy>([
      ['token-header', tokenHeader],
      ['token-query', tokenQuery],
      ['bearer-header', bearer],
      ['api-key-header', keyHeader],
      ['api-key-query', keyQuery],
      ['session-cookie', sessionCookie],
    ]);
  }

  /**
   * The principal of the first carrier that is present, or null when none is.
   * @throws the resolver's refusal: a bad credential is not made good by another one.
   */
  async authenticate(request: FastifyRequest, carriers: readonly Carrier[]): Promise<Principal | null> {
    for (const carrier of carriers) {
      const strategy = this.strategies.get(carrier);
      if (!strategy) throw new Error(`No strategy reads the carrier ${carrier}`);
      const principal = await driveStrategy<Principal>(strategy, request, () => new CredentialUnknown());
      if (principal) return principal;
    }
    return null;
  }
}
