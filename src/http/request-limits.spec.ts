import { jest } from '@jest/globals';
import { RateLimited } from '../common/errors.js';
import { loadConfig } from '../config/load-config.js';
import { RequestLimits } from './request-limits.js';

const ROUTE = '/api/v1.1/auth/register';

describe('RequestLimits', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const ask = async (limits: RequestLimits, address: string, times: number) => {
    for (let count = 0; count < times; count += 1) await limits.consume(address, ROUTE);
  };

  it('refuses the 61st request of a minute and says when to come back', async () => {
    const limits = new RequestLimits(loadConfig({}));
    await ask(limits, '203.0.113.9', 60);
    jest.advanceTimersByTime(20_500);
    await expect(limits.consume('::ffff:203.0.113.9', ROUTE)).rejects.toEqual(new RateLimited(40));
    await expect(limits.consume('203.0.113.10', ROUTE)).resolves.toBeUndefined();
    jest.advanceTimersByTime(39_500);
    await expect(limits.consume('203.0.113.9', ROUTE)).resolves.toBeUndefined();
  });

  it('counts each route for itself', async () => {
    const limits = new RequestLimits(loadConfig({}));
    await ask(limits, '203.0.113.9', 60);
    await expect(limits.consume('203.0.113.9', '/c/other')).resolves.toBeUndefined();
  });

  it('counts IPv6 by its /64', async () => {
    const limits = new RequestLimits(loadConfig({}));
    for (let host = 1; host <= 60; host += 1) await limits.consume(`2001:db8::${host.toString(16)}`, ROUTE);
    await expect(limits.consume('2001:db8::ffff', ROUTE)).rejects.toBeInstanceOf(RateLimited);
    await expect(limits.consume('2001:db8:0:1::1', ROUTE)).resolves.toBeUndefined();
  });

  it('does nothing with RATE_LIMITS=off', async () => {
    const limits = new RequestLimits(loadConfig({ RATE_LIMITS: 'off' }));
    await expect(ask(limits, '203.0.113.9', 200)).resolves.toBeUndefined();
  });
});
