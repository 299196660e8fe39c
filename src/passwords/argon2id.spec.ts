import { decoyArgon2id, hashArgon2id, isArgon2idOfAtLeast, type Argon2Parameters } from './argon2id.js';

const CHEAP: Argon2Parameters = { memoryKib: 64, timeCost: 1, parallelism: 1 };

describe('hashArgon2id', () => {
  it('answers a PHC string with the parameters and a new salt', async () => {
    const parameters = { memoryKib: 128, timeCost: 2, parallelism: 2 };
    const first = await hashArgon2id('password', parameters);
    expect(first).toMatch(/^\$argon2id\$v=19\$m=128,t=2,p=2\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await hashArgon2id('password', parameters)).not.toBe(first);
  });
});

describe('decoyArgon2id', () => {
  it('looks like a real hash of the same cost', () => {
    expect(decoyArgon2id(CHEAP)).toMatch(
      /^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
  });
});

describe('isArgon2idOfAtLeast', () => {
  const hash = decoyArgon2id({ memoryKib: 128, timeCost: 2, parallelism: 2 });

  it.each<[string, string, Argon2Parameters, boolean]>([
    ['the same', hash, { memoryKib: 128, timeCost: 2, parallelism: 2 }, true],
    ['stronger', hash, { memoryKib: 64, timeCost: 1, parallelism: 1 }, true],
    ['less memory', hash, { memoryKib: 129, timeCost: 2, parallelism: 2 }, false],
    ['fewer passes', hash, { memoryKib: 128, timeCost: 3, parallelism: 2 }, false],
    ['fewer lanes', hash, { memoryKib: 128, timeCost: 2, parallelism: 3 }, false],
    ['argon2i', hash.replace('argon2id', 'argon2i'), CHEAP, false],
    ['the old version', hash.replace('v=19', 'v=16'), CHEAP, false],
    ['bcrypt', '$2b$14$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', CHEAP, false],
    ['malformed', hash.slice(0, 40), CHEAP, false],
  ])('%s', (_name, stored, least, expected) => {
    expect(isArgon2idOfAtLeast(stored, least)).toBe(expected);
  });
});
