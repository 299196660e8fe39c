import fc from 'fast-check';
import { DAY, HOUR, MINUTE, SECOND } from '../common/clock.js';
import { afterFailure } from './mail-backoff.js';

/** Every attempt of a mail that a server refuses at once, as ms after its creation. */
function schedule(): { attempts: number[]; diedAt: number } {
  const attempts: number[] = [];
  for (let now = 0; ;) {
    attempts.push(now);
    const next = afterFailure({ createdAt: 0, startedAt: now, now, attempts: attempts.length });
    if (next.state === 'dead') return { attempts, diedAt: next.at };
    now = next.at;
  }
}

describe('afterFailure', () => {
  const { attempts, diedAt } = schedule();
  const gaps = attempts.slice(1).map((at, index) => at - attempts[index]!);

  it('starts at one second and doubles', () => {
    expect(gaps.slice(0, 6)).toEqual([1, 2, 4, 8, 16, 28].map((seconds) => seconds * SECOND));
  });

  it('stays under 30 s for the first ten minutes', () => {
    const eager = gaps.filter((_, index) => attempts[index]! < 10 * MINUTE);
    expect(Math.max(...eager)).toBeLessThanOrEqual(30 * SECOND);
    expect(eager.length).toBeGreaterThan(20);
  });

  it('then slows down, never beyond an hour', () => {
    const later = gaps.filter((_, index) => attempts[index]! >= 10 * MINUTE).slice(0, -1);
    later.slice(1).forEach((gap, index) => expect(gap).toBeGreaterThanOrEqual(later[index]!));
    expect(Math.max(...gaps)).toBe(HOUR);
  });

  it('tries a last time at 24 h and is dead then', () => {
    expect(diedAt).toBe(DAY);
    expect(attempts.at(-1)).toBe(DAY);
  });

  it('counts from the start of an attempt that hung', () => {
    const next = afterFailure({ createdAt: 0, startedAt: 60_000, now: 75_000, attempts: 7 });
    expect(next).toEqual({ state: 'pending', at: 88_000 });
  });

  it('never answers a time before the next second, nor one after death', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: DAY - 1 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        (age, took, tries) => {
          const next = afterFailure({ createdAt: 0, startedAt: age - took, now: age, attempts: tries });
          expect(next.state).toBe('pending');
          expect(next.at).toBeGreaterThanOrEqual(Math.min(age + SECOND, DAY));
          expect(next.at).toBeLessThanOrEqual(DAY);
        },
      ),
    );
  });
});
