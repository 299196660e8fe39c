import { createHash, randomBytes } from 'node:crypto';
import { KeyRing } from '../secrets/key-ring.js';
import { KeySecrets } from './key-secrets.js';

const [NEW, OLD] = [randomBytes(32), randomBytes(32)];
const CHOSEN = 'chosen by a person';

const sha256 = (text: string) => createHash('sha256').update(text);

describe('KeySecrets', () => {
  const secrets = new KeySecrets(new KeyRing([NEW, OLD]));

  describe('of a secret that we make', () => {
    it('is ghk_, 160 random bits in hex, and the first 8 digits of the SHA-256 of both', () => {
      const secret = secrets.generate();
      expect(secret).toMatch(/^ghk_[0-9a-f]{48}$/);
      expect(secret.slice(44)).toBe(sha256(secret.slice(0, 44)).digest('hex').slice(0, 8));
      expect(secrets.looksGenerated(secret)).toBe(true);
    });

    it('is another one each time', () => {
      expect(new Set(Array.from({ length: 1_000 }, () => secrets.generate())).size).toBe(1_000);
    });

    it('stores its SHA-256, under which it is looked up whatever the SECRET_KEY', () => {
      const secret = secrets.generate();
      const digest = sha256(secret).digest('base64url');
      expect(secrets.digestOf(secret)).toBe(digest);
      expect(secrets.digestsOf(secret)).toEqual([digest]);
      expect(new KeySecrets(new KeyRing([randomBytes(32)])).digestsOf(secret)).toEqual([digest]);
    });

    it('looks one of whose characters is wrong up nowhere', () => {
      const secret = secrets.generate();
      for (let at = 4; at < secret.length; at += 1) {
        const wrong = `${secret.slice(0, at)}${secret[at] === '0' ? '1' : '0'}${secret.slice(at + 1)}`;
        expect([wrong, secrets.digestsOf(wrong)]).toEqual([wrong, []]);
      }
    });

    it.each(['ghk_', 'ghk_00000000', `ghk_${'0'.repeat(48)}`, `ghk_${'z'.repeat(48)}`])(
      'looks %s up nowhere',
      (secret) => {
        expect(secrets.digestsOf(secret)).toEqual([]);
      },
    );
  });

  describe('of a secret that somebody chose', () => {
    it.each(['', CHOSEN, 'GHK_0000', 'xghk_', 'ghk-'])('does not take %j for one of ours', (secret) => {
      expect(secrets.looksGenerated(secret)).toBe(false);
    });

    it('stores an HMAC under the newest key and looks it up under every one', () => {
      const under = (key: Buffer) => new KeyRing([key]).mac('chosen key', CHOSEN);
      expect(secrets.digestOf(CHOSEN)).toBe(under(NEW));
      expect(secrets.digestsOf(CHOSEN)).toEqual([under(NEW), under(OLD)]);
      expect(secrets.digestsOf(CHOSEN)).toContain(new KeySecrets(new KeyRing([OLD])).digestOf(CHOSEN));
    });

    it('stores what says nothing to whoever has no SECRET_KEY', () => {
      const other = new KeySecrets(new KeyRing([randomBytes(32)]));
      expect(other.digestOf(CHOSEN)).not.toBe(secrets.digestOf(CHOSEN));
      for (const encoding of ['hex', 'base64url'] as const) {
        expect(secrets.digestOf(CHOSEN)).not.toContain(sha256(CHOSEN).digest(encoding));
      }
    });

    it('stores what the column takes', () => {
      expect(secrets.digestOf('x'.repeat(256)).length).toBeLessThanOrEqual(64);
    });
  });
});
