import { Argon2Verifier } from './argon2.verifier.js';
import { BcryptVerifier } from './bcrypt.verifier.js';
import { DjangoArgon2Verifier } from './django-argon2.verifier.js';
import { DjangoBcryptVerifier } from './django-bcrypt.verifier.js';
import { DjangoScryptVerifier } from './django-scrypt.verifier.js';
import { PhcScryptVerifier } from './phc-scrypt.verifier.js';
import { isVerifiableHash } from './verifiable-hash.js';
import type { Verifier } from './verifier.js';
import { WerkzeugPbkdf2Verifier } from './werkzeug-pbkdf2.verifier.js';
import { WerkzeugScryptVerifier } from './werkzeug-scrypt.verifier.js';

/** What these hashes are of, where nothing else is said. They were made by Python's hashlib and libcrypt. */
const PASSWORD = 'pässwörd 😀';
const SALT = 'aB3dE5gH7jK9mN1p';

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

describe('PhcScryptVerifier', () => {
  const verifier = new PhcScryptVerifier();
  const DIGEST = 'AE7YMswVdLuJniqGZzeXkONT5YvG0LIiuttGjcH35Vg';
  const [S, D] = ['MDEyMzQ1Njc4OWFiY2RlZg', DIGEST];

  it("verifies the hash of passlib's documentation", async () => {
    const hash = '$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E';
    await expectOnly(verifier, hash, 'password');
  });

  it('verifies several lanes and letters outside ASCII', async () => {
    await expectOnly(verifier, `$scrypt$ln=10,r=8,p=2$${S}$${D}`, PASSWORD);
  });

  it('takes work for a second and no more', () => {
    expect(verifier.recognises(`$scrypt$ln=18,r=8,p=1$${S}$${D}`)).toBe(true);
    expect(verifier.recognises(`$scrypt$ln=17,r=8,p=2$${S}$${D}`)).toBe(true);
  });

  it.each([
    ['the largest blocks', 'ln=15,r=64,p=1'],
    ['the most lanes', 'ln=14,r=8,p=16'],
    ['many lanes of large blocks', 'ln=11,r=64,p=16'],
    ['the smallest', 'ln=1,r=1,p=1'],
  ])('answers what it takes: %s', async (_what, parameters) => {
    const hash = `$scrypt$${parameters}$${S}$${D}`;
    expect(verifier.recognises(hash)).toBe(true);
    await expect(verifier.verify(hash, 'password')).resolves.toBe(false);
  });

  it.each([
    ['memory over 256 MiB', `$scrypt$ln=19,r=8,p=1$${S}$${D}`],
    ['blocks over 256 MiB', `$scrypt$ln=10,r=4096,p=1$${S}$${D}`],
    ['work over 256 MiB', `$scrypt$ln=18,r=8,p=2$${S}$${D}`],
    ['everything at the most', `$scrypt$ln=63,r=4294967295,p=4294967295$${S}$${D}`],
    ['more blocks than its size allows', `$scrypt$ln=16,r=1,p=1$${S}$${D}`],
    ['more memory than its work', `$scrypt$ln=1,r=999999,p=1$${S}$${D}`],
    ['blocks over 8 KiB', `$scrypt$ln=2,r=65,p=1$${S}$${D}`],
    ['more than 16 lanes', `$scrypt$ln=2,r=1,p=17$${S}$${D}`],
    ['no block', `$scrypt$ln=0,r=8,p=1$${S}$${D}`],
    ['no lane', `$scrypt$ln=10,r=8,p=0$${S}$${D}`],
    ['no salt', `$scrypt$ln=10,r=8,p=1$$${D}`],
    ['a digest cut short', `$scrypt$ln=10,r=8,p=1$${S}$AE7Y`],
    ['a digest without end', `$scrypt$ln=10,r=8,p=1$${S}$${'A'.repeat(100_000)}`],
    ['a line after it', `$scrypt$ln=10,r=8,p=1$${S}$${D}\n`],
  ])('refuses %s', async (_what, hash) => {
    await expectRefused(verifier, hash);
  });
});

describe('DjangoScryptVerifier', () => {
  const verifier = new DjangoScryptVerifier();
  const DIGEST = 'Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw==';

  it("verifies the vector of Django's own tests", async () => {
    await expectOnly(verifier, `scrypt$16384$seasalt$8$1$${DIGEST}`, 'lètmein');
  });

  it('verifies several lanes', async () => {
    const digest = 'ECMIUp+LMxMSK8xB/IVyba+KYGTI7FTnet025q/1f/vBAVnnP3hdYqJuRi+mJn6ji6ze3Fbb7JEFPKGpuEf5vw==';
    await expectOnly(verifier, `scrypt$16384$seasalt$8$5$${digest}`, 'lètmein');
  });

  it.each([
    ['too much memory', `scrypt$524288$seasalt$8$1$${DIGEST}`],
    ['no power of two', `scrypt$16383$seasalt$8$1$${DIGEST}`],
    ['a single block', `scrypt$1$seasalt$8$1$${DIGEST}`],
    ['no salt', `scrypt$16384$$8$1$${DIGEST}`],
    ['a digest cut short', `scrypt$16384$seasalt$8$1$${DIGEST.slice(4)}`],
  ])('refuses %s', async (_what, hash) => {
    await expectRefused(verifier, hash);
  });
});

describe('DjangoArgon2Verifier', () => {
  const verifier = new DjangoArgon2Verifier(new Argon2Verifier());
  const PHC = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';

  it('verifies the PHC form behind the name', async () => {
    await expectOnly(verifier, `argon2${PHC}`, 'password');
  });

  it.each([
    ['another name', `argon${PHC}`],
    ['the name twice', `argon2$argon2${PHC}`],
    ['too much memory', `argon2${PHC.replace('m=256', 'm=262145')}`],
    ['nothing behind the name', 'argon2$'],
  ])('refuses %s', async (_what, hash) => {
    await expectRefused(verifier, hash);
  });
});

describe('DjangoBcryptVerifier', () => {
  const verifier = new DjangoBcryptVerifier(new BcryptVerifier());
  // libcrypt's bcrypt of the SHA-256 of the password, in hex.
  const OF_DIGEST = '$2b$04$CCCCCCCCCCCCCCCCCCCCC.3TTwpC5Bwj7ds9p/UadWA7yfctaiUsS';
  const PLAIN = '$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';

  it('verifies bcrypt of the digest of a password', async () => {
    await expectOnly(verifier, `bcrypt_sha256$${OF_DIGEST}`, 'lètmein');
  });

  it('verifies bcrypt of the password itself', async () => {
    await expectOnly(verifier, `bcrypt$${PLAIN}`, 'U*U');
  });

  it('does not take one for the other', async () => {
    await expect(verifier.verify(`bcrypt$${OF_DIGEST}`, 'lètmein')).resolves.toBe(false);
    await expect(verifier.verify(`bcrypt_sha256$${PLAIN}`, 'U*U')).resolves.toBe(false);
  });

  it.each([
    ['too high a cost', `bcrypt_sha256$${OF_DIGEST.replace('$04', '$15')}`],
    ['nothing behind the name', 'bcrypt_sha256$'],
    ['another name', `bcrypt_md5$${OF_DIGEST}`],
  ])('refuses %s', async (_what, hash) => {
    await expectRefused(verifier, hash);
  });
});

describe('WerkzeugScryptVerifier', () => {
  const verifier = new WerkzeugScryptVerifier();
  const DIGEST =
    '412d046c5805b9425899a738a2d730abad9dc564fab8fde7265e1471c1ac5872653615886ef4f46c6c36a86977fa5e513cd8e8b6e14befa29ca8851420f89310';

  it("verifies what werkzeug's defaults give", async () => {
    await expectOnly(verifier, `scrypt:32768:8:1$${SALT}$${DIGEST}`, PASSWORD);
  });

  it('verifies several lanes', async () => {
    const digest =
      'd7a624b1fac46075857a72ebae07ca2d410cd5ccd0708594f12d8b8f346da5be1f8adab2fe05617da64cfe8c9c2031f4c658629df19b0d596f326b9eb7234dca';
    await expectOnly(verifier, `scrypt:1024:8:2$${SALT}$${digest}`, PASSWORD);
  });

  it.each([
    ['too much memory', `scrypt:524288:8:1$${SALT}$${DIGEST}`],
    ['too much work', `scrypt:32768:8:9$${SALT}$${DIGEST}`],
    ['no parameters', `scrypt$${SALT}$${DIGEST}`],
    ['no salt', `scrypt:32768:8:1$$${DIGEST}`],
    ['a digest cut short', `scrypt:32768:8:1$${SALT}$${DIGEST.slice(2)}`],
    ['capital letters', `scrypt:32768:8:1$${SALT}$${DIGEST.toUpperCase()}`],
  ])('refuses %s', async (_what, hash) => {
    await expectRefused(verifier, hash);
  });
});

describe('WerkzeugPbkdf2Verifier', () => {
  const verifier = new WerkzeugPbkdf2Verifier();
  const SHA1 = 'fb6bd4cd6539ce8491b0bc3222ac6f27337f39ac';
  const SHA256 = '10702741987615d4be70f956e0402fc72c8c1bd53d285e14bc3111fda8e030be';
  const SHA512 =
    '18a487d93ae5143b0b0b267401786f2e60855bc25aa1d26ef2fe2f40c4e2c37c5acb6d936c68b90d343d2556fa30accb13a7b1fd3a3f563d9c082ae69d1369ca';

  it.each([
    ['sha1', 1_000, SHA1],
    ['sha256', 1_000, SHA256],
    ['sha256', 600_000, '0ace3109d13e1bf29267e4566e06a121537c95302d8b788add10152c68d594ac'],
    ['sha512', 1_000, SHA512],
  ])('verifies %s with %i iterations', async (name, iterations, digest) => {
    await expectOnly(verifier, `pbkdf2:${name}:${iterations}$${SALT}$${digest}`, PASSWORD);
  });

  it.each([
    ['too many iterations', `pbkdf2:sha256:2000001$${SALT}$${SHA256}`],
    ['no iteration', `pbkdf2:sha256:0$${SALT}$${SHA256}`],
    ['a number of iterations that cannot be told', `pbkdf2:sha256$${SALT}$${SHA256}`],
    ['a weak digest', `pbkdf2:md5:1000$${SALT}$0123456789abcdef0123456789abcdef`],
    ['a digest of another length', `pbkdf2:sha512:1000$${SALT}$${SHA256}`],
    ['half a byte', `pbkdf2:sha256:1000$${SALT}$${SHA256}0`],
    ['no salt', `pbkdf2:sha256:1000$$${SHA256}`],
    ['a salted digest without rounds', `sha256$${SALT}$${SHA256}`],
  ])('refuses %s', async (_what, hash) => {
    await expectRefused(verifier, hash);
  });
});
