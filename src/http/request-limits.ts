import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SECOND } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import { Config } from '../config/config.js';
import { limitsAddress } from './limits-address.js';

const REQUESTS = 60;
const WINDOW_SECONDS = 60;

/** Counts what an address asks of each of the routes that take a secret or send mail (contract 3.12). */
@Injectable()
export class RequestLimits {
  private readonly limiter: RateLimiterMemory | null;

  constructor(config: Config) {
    this.limiter = config.server.rateLimits
      ? new RateLimiterMemory({ points: REQUESTS, duration: WINDOW_SECONDS })
      : null;
  }

  /**
   * Counts one request of `address`, an IPv6 one by its /64, to `route`; the 61st within a minute is refused.
   * Nothing happens with `RATE_LIMITS=off`. Each node counts for itself.
   * @throws RateLimited
   */
  async consume(address: string, route: string): Promise<void> {
    if (!this.limiter) return;
    try {
      await this.limiter.consume(`${route} ${limitsAddress(address)}`);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      throw new RateLimited(Math.max(1, Math.ceil(refused.msBeforeNext / SECOND)));
    }
  }
}
