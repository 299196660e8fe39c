import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainError } from '../common/domain-error.js';
import { RateLimited } from '../common/errors.js';
import { digestOf } from '../common/digest.js';
import type { Principal, ServicePrincipal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import { limitsAddress } from '../http/limits-address.js';
import { CredentialResolver } from './credential-resolver.service.js';
import { ApiKeyRefused } from './grants.errors.js';
import { KeySecrets } from './key-secrets.js';

const WRONG_KEYS = 60;
const WINDOW_SECONDS = 60;

/** Whoever shows the configuration key (003, `master_api_key`): no user, every right. */
const MASTER: ServicePrincipal = { kind: 'service', name: 'api', level: 'superuser' };

/** Permanent keys as they are shown: the configured one, and those that users own. */
@Injectable()
export class PermanentKeys {
  private readonly master: Buffer | null;
  private readonly wrong: RateLimiterMemory | null;

  constructor(
    config: Config,
    private readonly resolver: CredentialResolver,
    private readonly secrets: KeySecrets,
  ) {
    this.master = config.masterApiKey === null ? null : Buffer.from(digestOf(config.masterApiKey));
    this.wrong = config.server.rateLimits
      ? new RateLimiterMemory({ points: WRONG_KEYS, duration: WINDOW_SECONDS })
      : null;
  }

  /** True for the configuration key; compared in constant time. */
  isMaster(secret: string): boolean {
    return this.master !== null && timingSafeEqual(this.master, Buffer.from(digestOf(secret)));
  }

  /**
   * The principal behind a permanent key. Why a key does not count is told to nobody. An address that
   * showed 60 wrong keys within a minute tries no other one that a person chose; a key in use, and one
   * that we made, goes on counting.
   * @throws ApiKeyRefused, RateLimited
   */
  async authenticate(secret: string, surface: string, address: string): Promise<Principal> {
    if (this.isMaster(secret)) return MASTER;
    const isGuess = !this.secrets.looksGenerated(secret) && !this.resolver.isAtHand(secret);
    if (isGuess) await this.assertMayGuess(address);
    try {
      return await this.resolver.resolve({ secret, use: 'key', surface, address });
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
      if (isGuess) await this.wrong?.penalty(limitsAddress(address));
      throw new ApiKeyRefused({}, { cause: error });
    }
  }

  private async assertMayGuess(address: string): Promise<void> {
    const count = await this.wrong?.get(limitsAddress(address));
    if (count && count.consumedPoints >= WRONG_KEYS) {
      throw new RateLimited(Math.max(1, Math.ceil(count.msBeforeNext / 1_000)));
    }
  }
}
