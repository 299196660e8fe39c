import { BoundedPattern } from './bounded-pattern.js';

describe('BoundedPattern', () => {
  it('matches the whole text', () => {
    const pattern = new BoundedPattern('.*@example\\.com');
    expect(pattern.test('a@example.com')).toBe(true);
    expect(pattern.test('a@example.com.evil.org')).toBe(false);
  });

  it('cuts a pattern that backtracks without end, and goes on afterwards', () => {
    const pattern = new BoundedPattern('([a-z0-9]+[.-]?)+@corp\\.example');
    const start = performance.now();
    expect(pattern.test(`${'a'.repeat(40)}@evil.example`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(pattern.test('ada@corp.example')).toBe(true);
  });
});
