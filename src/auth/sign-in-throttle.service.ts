import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import { Config } from '../config/config.js';
import { FailureCounter } from './failure-counter.js';

/**
 * Limits on failed sign-ins (contract 3.12), shared by all doors: 10 a minute per address and user,
 * 30 a minute per address, then growing delays. While limited the right password is refused too.
 */
@Injectable()
export class SignInThrottle {
  private readonly perUser = new FailureCounter(10);
  private readonly perAddress = new FailureCounter(30);

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes an attempt under the limits; it counts as failed unless it answers `succeeded: true`.
   * @param address the network that asks, as `limitsAddress` spells it
   * @param subject the user's id, or the normalised identifier of nobody: the user is counted, not the spelling
   * @param isKnownHere whether the user has signed in from this address before: then others behind the
   *   same address do not shut him out, only his own failures do
   * @throws RateLimited
   */
  async attempt<T extends { succeeded: boolean }>(
    attempt: { address: string; subject: string; isKnownHere: () => Promise<boolean> },
    work: () => Promise<T>,
  ): Promise<T> {
    if (!this.config.server.rateLimits) return work();
    const { address } = attempt;
    const user = `${address} ${attempt.subject}`;
    const isAddressLimited = this.perAddress.waitOf(address, this.clock.now()) > 0;
    const isKnownHere = isAddressLimited && (await attempt.isKnownHere());
    // From here to `begin` nothing may be awaited: parallel guesses would all pass the same count.
    this.refuse(this.perUser.waitOf(user, this.clock.now()));
    if (!isKnownHere) this.refuse(this.perAddress.waitOf(address, this.clock.now()));
    this.perUser.begin(user);
    this.perAddress.begin(address);
    let failed = false;
    try {
      const result = await work();
      failed = !result.succeeded;
      return result;
    } finally {
      this.perUser.end(user, failed, this.clock.now());
      this.perAddress.end(address, failed, this.clock.now());
    }
  }

  private refuse(wait: number): void {
    if (wait > 0) throw new RateLimited(Math.max(1, Math.ceil(wait / 1_000)));
  }
}
