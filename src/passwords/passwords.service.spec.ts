import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { createRequire } from 'node:module';
import { Overloaded } from '../common/errors.js';
import { loadConfig } from '../config/load-config.js';
import { PasswordUnacceptable } from '../password-policy/password-policy.errors.js';
import { HashQueue } from './hash-queue.js';

// The real library, every call counted.
const argon2 = createRequire(import.meta.url)('@node-rs/argon2') as typeof import('@node-rs/argon2');
const hashing = jest.fn(argon2.hash);
const verifying = jest.fn(argon2.verify);
jest.unstable_mockModule('@node-rs/argon2', () => ({ ...argon2, hash: hashing, verify: verifying }));
const { Passwords } = await import('./passwords.service.js');

const CHEAP = { HASH_MEMORY_KIB: '64', HASH_TIME_COST: '1' };
const BCRYPT = '$2y$04$CCCCCCCCCCCCCCCCCCCCC.TKL0PRqKTFpW12ixR4oYE99BBVQw9Ee';
const OVER_LIMIT = `$2b$31$${BCRYPT.slice(7)}`;
const LONG = 'a'.repeat(1025);

const passwordsWith = (environment: Record<string, string> = {}, queue = new HashQueue(1)) =>
  new Passwords(loadConfig({ ...CHEAP, ...environment }), queue);

describe('Passwords', () => {
  const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});

  beforeEach(() => {
    jest.clearAllMocks();
  });

  it('verifies what it has hashed, exactly as typed', async () => {
    const passwords = passwordsWith();
    const hash = await passwords.hash(' Pässword ');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    await expect(passwords.verify(hash, ' Pässword ')).resolves.toEqual({ matches: true, isOutdated: false });
    await expect(passwords.verify(hash, 'Pässword')).resolves.toEqual({ matches: false, isOutdated: false });
    expect(verifying).toHaveBeenCalledTimes(2);
  });

  it('does the work of one current hash where there is none, the first time too', async () => {
    const passwords = passwordsWith();
    for (const round of [1, 2]) {
      await expect(passwords.verify(null, 'password')).resolves.toEqual({
        matches: false,
        isOutdated: false,
      });
      expect(verifying).toHaveBeenCalledTimes(round);
      expect(verifying.mock.lastCall![0]).toContain('$m=64,t=1,p=1$');
    }
    expect(hashing).not.toHaveBeenCalled();
  });

  it('does the same work for a hash that it refuses, and reports it once without showing it', async () => {
    const passwords = passwordsWith();
    for (const hash of [OVER_LIMIT, OVER_LIMIT, '!unusable']) {
      await expect(passwords.verify(hash, 'päss')).resolves.toEqual({ matches: false, isOutdated: true });
    }
    expect(verifying).toHaveBeenCalledTimes(3);
    expect(warn).toHaveBeenCalledTimes(2);
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/\$2b|unusable|päss/);
  });

  it('answers no where a hash cannot be worked out, and reports it without showing it', async () => {
    const passwords = passwordsWith();
    const hash = await passwords.hash('password');
    verifying.mockRejectedValueOnce(new Error(`out of memory: ${hash} päss`));
    await expect(passwords.verify(hash, 'päss')).resolves.toEqual({ matches: false, isOutdated: false });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(warn.mock.calls)).not.toMatch(/argon2id|memory|päss/);
    await expect(passwords.verify(hash, 'password')).resolves.toEqual({ matches: true, isOutdated: false });
  });

  it('verifies a foreign hash, calls it outdated and hides how cheap it was', async () => {
    const passwords = passwordsWith();
    await expect(passwords.verify(BCRYPT, 'päss')).resolves.toEqual({ matches: true, isOutdated: true });
    await expect(passwords.verify(BCRYPT, 'pass')).resolves.toEqual({ matches: false, isOutdated: true });
    expect(verifying).toHaveBeenCalledTimes(2);
    expect(warn).not.toHaveBeenCalled();
  });

  it('calls a hash outdated once the configuration asks for more, and not when for less', async () => {
    const hash = await passwordsWith({ HASH_TIME_COST: '2' }).hash('password');
    const stronger = passwordsWith({ HASH_TIME_COST: '3' });
    await expect(stronger.verify(hash, 'password')).resolves.toEqual({ matches: true, isOutdated: true });
    const weaker = passwordsWith({ HASH_TIME_COST: '1' });
    await expect(weaker.verify(hash, 'password')).resolves.toEqual({ matches: true, isOutdated: false });
  });

  it('honours its own hashes at the limits of the configuration', async () => {
    const passwords = passwordsWith({ HASH_TIME_COST: '16' });
    const hash = await passwords.hash('password');
    await expect(passwords.verify(hash, 'password')).resolves.toEqual({ matches: true, isOutdated: false });
  });

  it('never matches a password that is too long, and does not hash it', async () => {
    const passwords = passwordsWith();
    const hash = await argon2.hash(LONG, { memoryCost: 64, timeCost: 1, parallelism: 1 });
    await expect(passwords.verify(hash, LONG)).resolves.toEqual({ matches: false, isOutdated: false });
    expect(verifying).toHaveBeenCalledTimes(1);
    expect(verifying.mock.lastCall![0]).not.toBe(hash);
    expect(verifying.mock.lastCall![1]).toBe('');
    await expect(passwords.hash(LONG)).rejects.toBeInstanceOf(PasswordUnacceptable);
    expect(hashing).not.toHaveBeenCalled();
  });

  it('sends all work through the queue, with the signal of the caller', async () => {
    const queue = new HashQueue(1, 0);
    const run = jest.spyOn(queue, 'run');
    const passwords = passwordsWith({}, queue);
    const held = queue.run(() => new Promise<void>(() => {}));
    await expect(passwords.verify(null, 'password')).rejects.toBeInstanceOf(Overloaded);
    await expect(passwords.hash('password')).rejects.toBeInstanceOf(Overloaded);
    const gone = AbortSignal.abort();
    await expect(passwords.verify(BCRYPT, 'password', gone)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(passwords.hash('password', gone)).rejects.toMatchObject({ name: 'AbortError' });
    expect(run).toHaveBeenCalledTimes(5);
    expect(verifying).not.toHaveBeenCalled();
    expect(held).toBeInstanceOf(Promise);
  });

  it('says at start when the parameters cannot be used together', () => {
    expect(() => passwordsWith({ HASH_PARALLELISM: '16' })).toThrow(/HASH_MEMORY_KIB/);
  });
});
