import { HOUR, MINUTE } from '../common/clock.js';
import { FailureCounter } from './failure-counter.js';

const fail = (counter: FailureCounter, times: number, now: number) => {
  for (let time = 0; time < times; time++) {
    counter.begin('key');
    counter.end('key', true, now);
  }
};

describe('FailureCounter', () => {
  it('lets a key try until its limit is reached, then blocks it for a minute', () => {
    const counter = new FailureCounter(10);
    fail(counter, 9, 1_000);
    expect(counter.waitOf('key', 1_000)).toBe(0);
    fail(counter, 1, 1_000);
    expect(counter.waitOf('key', 1_000)).toBe(MINUTE);
    expect(counter.waitOf('key', 1_000 + MINUTE)).toBe(0);
    expect(counter.waitOf('other', 1_000)).toBe(0);
  });

  it('doubles each further block within the hour, up to 15 minutes', () => {
    const counter = new FailureCounter(1);
    let now = 0;
    const waits = [1, 2, 3, 4, 5, 6].map(() => {
      fail(counter, 1, now);
      const wait = counter.waitOf('key', now);
      now += wait;
      return wait / MINUTE;
    });
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    fail(counter, 1, now + HOUR);
    expect(counter.waitOf('key', now + HOUR)).toBe(MINUTE);
  });

  it('forgets failures after a minute, and never counts a success', () => {
    const counter = new FailureCounter(2);
    fail(counter, 1, 0);
    counter.begin('key');
    counter.end('key', false, 1);
    expect(counter.waitOf('key', 1)).toBe(0);
    fail(counter, 1, MINUTE);
    expect(counter.waitOf('key', MINUTE)).toBe(0);
  });

  it('counts attempts under way, so that parallel guesses do not pass the limit together', () => {
    const counter = new FailureCounter(3);
    for (let attempt = 0; attempt < 3; attempt++) counter.begin('key');
    expect(counter.waitOf('key', 0)).toBeGreaterThan(0);
    counter.end('key', false, 0);
    expect(counter.waitOf('key', 0)).toBe(0);
  });
});
