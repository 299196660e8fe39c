import { randomBytes } from 'node:crypto';
import { KeyRing, UnreadableSecret } from './key-ring.js';

const OLD = randomBytes(32);
const NEW = randomBytes(32);
const PLACE = 'outbox:content:1';
const TEXT = 'a link that opens an account: ąß𝒳';

describe('KeyRing', () => {
  const ring = new KeyRing([OLD]);

  describe('seal and open', () => {
    it.each(['', 'x', TEXT, 'long '.repeat(10_000)])('gives back what was sealed', (text) => {
      expect(ring.open(ring.seal(text, PLACE), PLACE)).toBe(text);
    });

    it('shows nothing of the text, and not twice the same', () => {
      const [one, other] = [ring.seal(TEXT, PLACE), ring.seal(TEXT, PLACE)];
      expect(one).not.toBe(other);
      for (const encoding of ['utf8', 'base64', 'base64url', 'hex'] as const) {
        expect(one).not.toContain(Buffer.from(TEXT).toString(encoding).slice(0, 20));
      }
    });

    it.each(['outbox:content:2', 'outbox:subject:1', 'keys:content:1', '', 'outbox:content:1 '])(
      'does not open a text that was moved to %j',
      (elsewhere) => {
        expect(() => ring.open(ring.seal(TEXT, PLACE), elsewhere)).toThrow(UnreadableSecret);
      },
    );

    it('does not open a text of which one character was altered', () => {
      const sealed = ring.seal('sesame', PLACE);
      for (let at = 0; at < sealed.length; at++) {
        const altered = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
        // The last character of a base64 part has bits that mean nothing.
        if (bytesOf(altered) === bytesOf(sealed)) continue;
        expect(() => ring.open(altered, PLACE)).toThrow(UnreadableSecret);
      }
    });

    it('does not open a text that was cut, lengthened, or is none', () => {
      const sealed = ring.seal(TEXT, PLACE);
      const [version, id, nonce, body] = sealed.split('.');
      const short = Buffer.from(body!, 'base64url').subarray(-8).toString('base64url');
      const faulty = [
        '',
        'v1',
        '...',
        sealed.slice(0, -4),
        `${sealed}AAAA`,
        [version, id, nonce, short].join('.'),
        [version, id, '', body].join('.'),
        [version, id, nonce, ''].join('.'),
        [version, 'ffffffff', nonce, body].join('.'),
        ['v2', id, nonce, body].join('.'),
        `${sealed}.more`,
      ];
      for (const text of faulty) expect(() => ring.open(text, PLACE)).toThrow(UnreadableSecret);
    });

    it('names neither text nor key in the fault', () => {
      const sealed = new KeyRing([NEW]).seal('sesame', PLACE);
      const open = () => ring.open(sealed, PLACE);
      expect(open).toThrow(/^A stored secret cannot be read: [^\n]*$/);
      expect(open).not.toThrow(/sesame/);
      expect(open).not.toThrow(sealed.split('.')[3]);
    });
  });

  describe('rotation', () => {
    const rotated = new KeyRing([NEW, OLD]);

    it('opens what the old key sealed, and calls it outdated', () => {
      const sealed = ring.seal(TEXT, PLACE);
      expect(rotated.open(sealed, PLACE)).toBe(TEXT);
      expect(rotated.isOutdated(sealed)).toBe(true);
      expect(ring.isOutdated(sealed)).toBe(false);
    });

    it('seals with the new key', () => {
      const sealed = rotated.seal(TEXT, PLACE);
      expect(rotated.isOutdated(sealed)).toBe(false);
      expect(new KeyRing([NEW]).open(sealed, PLACE)).toBe(TEXT);
      expect(() => ring.open(sealed, PLACE)).toThrow(UnreadableSecret);
    });

    it('does not open what a retired key sealed', () => {
      expect(() => new KeyRing([NEW]).open(ring.seal(TEXT, PLACE), PLACE)).toThrow(UnreadableSecret);
    });

    it('recognises what either key authenticated, the newest first', () => {
      expect(rotated.mac('purpose', TEXT)).toBe(new KeyRing([NEW]).mac('purpose', TEXT));
      expect(rotated.macs('purpose', TEXT)).toEqual([
        new KeyRing([NEW]).mac('purpose', TEXT),
        ring.mac('purpose', TEXT),
      ]);
    });
  });

  describe('mac', () => {
    it('is the same for the same key, purpose and text, and for nothing else', () => {
      const mac = ring.mac('purpose', TEXT);
      expect(new KeyRing([OLD]).mac('purpose', TEXT)).toBe(mac);
      const others = [
        ring.mac('purpose', `${TEXT}.`),
        ring.mac('other purpose', TEXT),
        ring.mac('purpos', `e${TEXT}`),
        new KeyRing([NEW]).mac('purpose', TEXT),
      ];
      expect(new Set([mac, ...others]).size).toBe(5);
    });

    it('names its key and shows nothing of the text', () => {
      const mac = ring.mac('purpose', 'sesame');
      expect(mac).toMatch(/^[0-9a-f]{8}\.[\w-]{43}$/);
      expect(mac.split('.')[0]).toBe(ring.seal('', PLACE).split('.')[1]);
    });
  });

  it('needs a key', () => {
    expect(() => new KeyRing([])).toThrow(/at least one key/);
  });
});

/** What the text means once decoded. */
function bytesOf(sealed: string): string {
  const [version, id, nonce, body] = sealed.split('.');
  const hex = (part = '') => Buffer.from(part, 'base64url').toString('hex');
  return [version, id, hex(nonce), hex(body)].join();
}
