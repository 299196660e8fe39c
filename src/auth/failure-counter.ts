import { LRUCache } from 'lru-cache';
import { HOUR, MINUTE } from '../common/clock.js';

const KEYS = 100_000;
const WINDOW = MINUTE;
const LONGEST_BLOCK = 15 * MINUTE;

interface Count {
  failures: number;
  windowEndsAt: number;
  inFlight: number;
  strikes: number;
  strikesEndAt: number;
  blockedUntil: number;
}

/**
 * Counts failures by key: `limit` within a minute block the key for a minute, and each further
 * block within an hour lasts twice as long, 15 minutes at most. Attempts under way count as
 * failures until they end, so that parallel guesses cannot pass the limit together.
 */
export class FailureCounter {
  private readonly counts = new LRUCache<string, Count>({ max: KEYS });

  constructor(private readonly limit: number) {}

  /** Milliseconds until the key may try again; 0 when it may now. */
  waitOf(key: string, now: number): number {
    const count = this.counts.get(key);
    if (!count) return 0;
    if (now < count.blockedUntil) return count.blockedUntil - now;
    const failures = now < count.windowEndsAt ? count.failures : 0;
    return failures + count.inFlight >= this.limit ? 1_000 : 0;
  }

  /** Notes that an attempt is under way; exactly one `end` belongs to it. */
  begin(key: string): void {
    const count = this.counts.get(key);
    if (count) count.inFlight++;
    else
      this.counts.set(key, {
        failures: 0,
        windowEndsAt: 0,
        inFlight: 1,
        strikes: 0,
        strikesEndAt: 0,
        blockedUntil: 0,
      });
  }

  /** Ends an attempt. The failure that reaches the limit blocks the key. */
  end(key: string, failed: boolean, now: number): void {
    const count = this.counts.get(key);
    if (!count) return;
    count.inFlight = Math.max(0, count.inFlight - 1);
    if (!failed) return;
    if (now >= count.windowEndsAt) {
      count.failures = 0;
      count.windowEndsAt = now + WINDOW;
    }
    count.failures++;
    if (count.failures >= this.limit) this.block(count, now);
  }

  private block(count: Count, now: number): void {
    if (now >= count.strikesEndAt) count.strikes = 0;
    count.strikes++;
    count.strikesEndAt = now + HOUR;
    count.blockedUntil = now + Math.min(WINDOW * 2 ** (count.strikes - 1), LONGEST_BLOCK);
    count.failures = 0;
    count.windowEndsAt = 0;
  }
}
