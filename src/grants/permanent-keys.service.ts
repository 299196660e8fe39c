import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../common/clock.js';
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
const REMEMBERED = 10_000;

/** Whoever shows the configuration key (003, `master_api_key`): no user, every right. */
const MASTER: ServicePrincipal = { kind: 'service', name: 'api', level: 'superuser' };

/** Permanent keys as they are shown: the configured one, and those that users own. */
@Injectable()
export class PermanentKeys {
  private readonly master: Buffer | null;
  private readonly guesses: RateLimiterMemory | null;
  /** Which chosen keys have counted from which networks. */
  private readonly usedBefore = new LRUCache<string, true>({ max: REMEMBERED });

  constructor(
    config: Config,
    private readonly resolver: CredentialResolver,
    private readonly secrets: KeySecrets,
  ) {
    this.master = config.masterApiKey === null ? null : Buffer.from(digestOf(config.masterApiKey));
    this.guesses = config.server.rateLimits
      ? new RateLimiterMemory({ points: WRONG_KEYS, duration: WINDOW_SECONDS })
      : null;
  }

  /** True for the configuration key; compared in constant time. */
  isMaster(secret: string): boolean {
    return this.master !== null && timingSafeEqual(this.master, Buffer.from(digestOf(secret)));
  }

  /**
   * The principal behind a permanent key. Why a key does not count is told to nobody. An address that
   * showed 60 wrong keys within a minute tries no other one that a person chose; a key that it has used
   * before, and one that we made, goes on counting.
   * @throws ApiKeyRefused, RateLimited
   */
  async authenticate(secret: string, surface: string, address: string): Promise<Principal> {
    if (this.isMaster(secret)) return MASTER;
    if (this.secrets.looksGenerated(secret)) return this.resolve(secret, surface, address);
    const network = limitsAddress(address);
    const use = `${network} ${digestOf(secret)}`;
    if (this.usedBefore.get(use)) return this.resolve(secret, surface, address);
    // Counted before it is looked at: parallel guesses would all pass the same count.
    await this.count(network);
    const principal = await this.resolve(secret, surface, address);
    this.usedBefore.set(use, true);
    await this.guesses?.reward(network);
    return principal;
  }

  private async resolve(secret: string, surface: string, address: string): Promise<Principal> {
    try {
      return await this.resolver.resolve({ secret, use: 'key', surface, address });
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') throw error;
      throw new ApiKeyRefused({}, { cause: error });
    }
  }

  private async count(network: string): Promise<void> {
    try {
      await this.guesses?.consume(network);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new RateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / SECOND)));
    }
  }
}
