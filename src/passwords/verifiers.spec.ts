import { hash as argon2 } from '@node-rs/argon2';
import bcrypt from 'bcrypt';
import { Argon2Verifier } from './argon2.verifier.js';
import { BcryptVerifier } from './bcrypt.verifier.js';
import { DjangoPbkdf2Verifier } from './django-pbkdf2.verifier.js';
import { isVerifiableHash } from './verifiable-hash.js';
import type { Verifier } from './verifier.js';

const SALT = 'MTIzNDU2Nzg5MDEyMzQ1Ng';
const DIGEST = 'A'.repeat(43);
const BCRYPT_TAIL = 'CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';
const DJANGO_DIGEST = 'oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=';

/** Passwords are verified as typed, and nothing else is. */
async function expectOnly(verifier: Verifier, hash: string, password: string): Promise<void> {
  expect(verifier.recognises(hash)).toBe(true);
  expect(isVerifiableHash(hash)).toBe(true);
  await expect(verifier.verify(hash, password)).resolves.toBe(true);
  for (const other of ['', ` ${password}`, password.slice(1), `${password}.`]) {
    await expect(verifier.verify(hash, other)).resolves.toBe(false);
  }
}

async function expectRefused(verifier: Verifier, hash: string): Promise<void> {
  expect(verifier.recognises(hash)).toBe(false);
  expect(isVerifiableHash(hash)).toBe(false);
  await expect(verifier.verify(hash, 'password')).resolves.toBe(false);
}

describe('Argon2Verifier', () => {
  const verifier = new Argon2Verifier();

  it.each([
    ['argon2d', 0],
    ['argon2i', 1],
    ['argon2id', 2],
  ])('verifies %s', async (name, algorithm) => {
    const hash = await argon2('pässwörd 😀', { algorithm, memoryCost: 64, timeCost: 1, parallelism: 2 });
    expect(hash).toMatch(`$${name}$v=19$m=64,t=1,p=2$`);
    await expectOnly(verifier, hash, 'pässwörd 😀');
  });

  // From the tests of the reference implementation (phc-winner-argon2, src/test.c).
  it.each([
    ['$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8'],
    ['$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
    ['$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY'],
  ])('verifies the published %s', async (hash) => {
    await expectOnly(verifier, hash, 'password');
  });

  it.each([
    ['memory over 256 MiB', `$argon2id$v=19$m=262145,t=1,p=1$${SALT}$${DIGEST}`],
    ['more than 16 passes', `$argon2id$v=19$m=64,t=17,p=1$${SALT}$${DIGEST}`],
    ['more than 16 lanes', `$argon2id$v=19$m=1024,t=1,p=17$${SALT}$${DIGEST}`],
    ['work over 1 GiB', `$argon2id$v=19$m=262144,t=5,p=1$${SALT}$${DIGEST}`],
    ['work over 1 GiB in many passes', `$argon2id$v=19$m=65537,t=16,p=4$${SALT}$${DIGEST}`],
    ['everything at the most', `$argon2id$v=19$m=4294967295,t=4294967295,p=255$${SALT}$${DIGEST}`],
    ['too little memory for its lanes', `$argon2id$v=19$m=64,t=1,p=16$${SALT}$${DIGEST}`],
    ['no pass', `$argon2id$v=19$m=64,t=0,p=1$${SALT}$${DIGEST}`],
    ['a keyed hash', `$argon2id$v=19$m=64,t=1,p=1,keyid=AAAA$${SALT}$${DIGEST}`],
    ['an unknown kind', `$argon2x$v=19$m=64,t=1,p=1$${SALT}$${DIGEST}`],
    ['an unknown version', `$argon2id$v=20$m=64,t=1,p=1$${SALT}$${DIGEST}`],
    ['no salt', `$argon2id$v=19$m=64,t=1,p=1$$${DIGEST}`],
    ['no digest', `$argon2id$v=19$m=64,t=1,p=1$${SALT}`],
    ['a digest cut short', `$argon2id$v=19$m=64,t=1,p=1$${SALT}$AAAAAAAAAA`],
    ['a digest without end', `$argon2id$v=19$m=64,t=1,p=1$${SALT}$${'A'.repeat(100_000)}`],
    ['a line after it', `$argon2id$v=19$m=64,t=1,p=1$${SALT}$${DIGEST}\n`],
  ])('refuses %s', async (_name, hash) => {
    await expectRefused(verifier, hash);
  });

  it('does not end a password at a NUL', async () => {
    const hash = await argon2('a', { memoryCost: 64, timeCost: 1, parallelism: 1 });
    await expect(verifier.verify(hash, 'a\0')).resolves.toBe(false);
  });

  it('takes other limits', () => {
    const hash = `$argon2id$v=19$m=262145,t=17,p=1$${SALT}$${DIGEST}`;
    const limits = { memoryKib: 262_145, timeCost: 17, parallelism: 1, workKib: 17 * 262_145 };
    expect(new Argon2Verifier(limits).recognises(hash)).toBe(true);
  });

  it('takes work of 1 GiB', () => {
    expect(verifier.recognises(`$argon2id$v=19$m=262144,t=4,p=1$${SALT}$${DIGEST}`)).toBe(true);
    expect(verifier.recognises(`$argon2id$v=19$m=65536,t=16,p=16$${SALT}$${DIGEST}`)).toBe(true);
  });
});

describe('BcryptVerifier', () => {
  const verifier = new BcryptVerifier();

  it('verifies the published vector of crypt_blowfish, under each of its names', async () => {
    for (const name of ['$2a', '$2b', '$2y']) await expectOnly(verifier, `${name}$05$${BCRYPT_TAIL}`, 'U*U');
  });

  it("verifies what libcrypt made as PHP's $2y, with a letter outside ASCII", async () => {
    await expectOnly(verifier, '$2y$04$CCCCCCCCCCCCCCCCCCCCC.TKL0PRqKTFpW12ixR4oYE99BBVQw9Ee', 'päss');
  });

  it('verifies what the library makes', async () => {
    await expectOnly(verifier, await bcrypt.hash('hunter 2', 4), 'hunter 2');
  });

  it('verifies a hash whose salt has spare bits set', async () => {
    await expectOnly(verifier, `$2a$05$${BCRYPT_TAIL.replace('.E5', '/E5')}`, 'U*U');
  });

  it('does not end a password at a NUL', async () => {
    await expect(verifier.verify(`$2b$05$${BCRYPT_TAIL}`, 'U*U\0')).resolves.toBe(false);
  });

  it('sees 72 bytes, as the maker of the hash did', async () => {
    const hash = await bcrypt.hash('q'.repeat(300), 4);
    await expect(verifier.verify(hash, 'q'.repeat(72))).resolves.toBe(true);
    await expect(verifier.verify(hash, 'q'.repeat(71))).resolves.toBe(false);
  });

  it.each([
    ['cost 15', `$2b$15$${BCRYPT_TAIL}`],
    ['cost 31', `$2b$31$${BCRYPT_TAIL}`],
    ['cost 3', `$2b$03$${BCRYPT_TAIL}`],
    ['the broken $2x', `$2x$05$${BCRYPT_TAIL}`],
    ['a digest cut short', `$2b$05$${BCRYPT_TAIL.slice(0, -1)}`],
    ['more after it', `$2b$05$${BCRYPT_TAIL}\n`],
    ['a foreign character', `$2b$05$${BCRYPT_TAIL.replace('E', '+')}`],
  ])('refuses %s', async (_name, hash) => {
    await expectRefused(verifier, hash);
  });
});

describe('DjangoPbkdf2Verifier', () => {
  const verifier = new DjangoPbkdf2Verifier();

  it("verifies the vector of Django's own tests", async () => {
    await expectOnly(verifier, `pbkdf2_sha256$20000$seasalt$${DJANGO_DIGEST}`, 'lètmein');
  });

  it("verifies what Python's hashlib made, outer white space and all", async () => {
    const hash = 'pbkdf2_sha256$1000$Zx9$vkLW7p2Cyxhx0/FOFhlVqA9ONTNFsKc4kXYhRL4DFng=';
    await expectOnly(verifier, hash, ' Correct horse ');
  });

  it("verifies SHA-1, which Python's hashlib computed", async () => {
    await expectOnly(verifier, 'pbkdf2_sha1$20000$seasalt$PW/H5xF0MPTAW7JTY/RAPV+r8mo=', 'lètmein');
  });

  it('lets two million iterations pass', () => {
    expect(verifier.recognises(`pbkdf2_sha256$2000000$seasalt$${DJANGO_DIGEST}`)).toBe(true);
  });

  it.each([
    ['more than two million iterations', `pbkdf2_sha256$2000001$seasalt$${DJANGO_DIGEST}`],
    ['iterations without end', `pbkdf2_sha256$99999999999999999999$seasalt$${DJANGO_DIGEST}`],
    ['no iteration', `pbkdf2_sha256$0$seasalt$${DJANGO_DIGEST}`],
    ['iterations that are no number', `pbkdf2_sha256$1e5$seasalt$${DJANGO_DIGEST}`],
    ['no salt', `pbkdf2_sha256$20000$$${DJANGO_DIGEST}`],
    ['a digest cut short', 'pbkdf2_sha256$20000$seasalt$oBSd'],
    ['a digest of another length', `pbkdf2_sha1$20000$seasalt$${DJANGO_DIGEST}`],
    ['an unknown digest', `pbkdf2_md5$20000$seasalt$${DJANGO_DIGEST}`],
    ['an unusable password', '!oBSd886ysm3AqYun62DOdin8Ycfb'],
    ['nothing', ''],
  ])('refuses %s', async (_name, hash) => {
    await expectRefused(verifier, hash);
  });
});
