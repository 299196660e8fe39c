import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A ciphertext or digest names a key that is not among `SECRET_KEYS`, or was not made by this row. */
export class UnreadableSecret extends Error {
  constructor(reason: string) {
    super(`A stored secret cannot be read: ${reason}`);
    this.name = 'UnreadableSecret';
  }
}

interface Key {
  readonly id: string;
  readonly encryption: Buffer;
  readonly authentication: Buffer;
}

const VERSION = 'v1';

/**
 * Encrypts what must be readable again and authenticates what a person chose, under `SECRET_KEY`.
 * The newest key writes; every key reads. Each result carries its key's id, so keys rotate.
 */
export class KeyRing {
  private readonly keys: readonly [Key, ...Key[]];

  /** @param secrets 32 bytes each, newest first, at least one. */
  constructor(secrets: readonly Buffer[]) {
    const [newest, ...older] = secrets.map(derive);
    if (!newest) throw new Error('KeyRing needs at least one key');
    this.keys = [newest, ...older];
  }

  /**
   * Encrypts `text` (AES-256-GCM) so that it opens only for the same `place`.
   * @param place `table:column:id` of the row that will hold it: a ciphertext moved elsewhere does not open.
   */
  seal(text: string, place: string): string {
    const [key] = this.keys;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key.encryption, nonce);
    cipher.setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, key.id, nonce.toString('base64url'), body.toString('base64url')].join('.');
  }

  /** @throws UnreadableSecret when the key is unknown, or the text was altered or sealed for another place. */
  open(sealed: string, place: string): string {
    const [version, id, nonce, body, ...rest] = sealed.split('.');
    const key = this.keys.find((candidate) => candidate.id === id);
    if (version !== VERSION || !key || !nonce || !body || rest.length > 0) {
      throw new UnreadableSecret('unknown key or format');
    }
    const bytes = Buffer.from(body, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', key.encryption, Buffer.from(nonce, 'base64url'), {
        authTagLength: 16,
      });
      decipher.setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new UnreadableSecret(error instanceof Error ? error.message : 'altered');
    }
  }

  /** True when `sealed` was written by an older key and should be sealed again. */
  isOutdated(sealed: string): boolean {
    return sealed.split('.')[1] !== this.keys[0].id;
  }

  /** True when a `mac` was made under one of the present keys, so that comparing with it means something. */
  knows(mac: string): boolean {
    return this.keys.some((key) => mac.startsWith(`${key.id}.`));
  }

  /** HMAC-SHA-256 of `text` for one `purpose`, under the newest key: `<key id>.<digest>`. */
  mac(purpose: string, text: string): string {
    return macUnder(this.keys[0], purpose, text);
  }

  /** The same under every key, newest first: what a look-up compares with. */
  macs(purpose: string, text: string): readonly string[] {
    return this.keys.map((key) => macUnder(key, purpose, text));
  }
}

function derive(secret: Buffer): Key {
  const part = (use: string) =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `gatehouse ${use}`, 32));
  return {
    id: createHash('sha256').update(part('key id')).digest('hex').slice(0, 8),
    encryption: part('encryption'),
    authentication: part('authentication'),
  };
}

function macUnder(key: Key, purpose: string, text: string): string {
  const digest = createHmac('sha256', key.authentication).update(`${purpose}\0${text}`).digest('base64url');
  return `${key.id}.${digest}`;
}
