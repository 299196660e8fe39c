import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { PUBLIC_URL } from './gatehouse.js';

/** What a device does otherwise than it should. */
export interface Misconduct {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  /** False for one that lets anybody use it. */
  readonly verifiesUser?: boolean;
  /** The count that it shows, instead of one more than the last. */
  readonly counter?: number;
  readonly userHandle?: string;
  readonly id?: string;
  /** Signs by another key. */
  readonly key?: KeyObject;
  /** Attests its make by a certificate. */
  readonly certificates?: boolean;
}

/** The members of `PublicKeyCredentialCreationOptionsJSON` that it needs. */
interface Creation {
  readonly challenge: string;
  readonly user: { readonly id: string };
}

const [UP, UV, BACKED_UP, ATTESTED] = [0x01, 0x04, 0x18, 0x40];

/** A device with one passkey, in software: ES256, no attestation (WebAuthn 6). */
export class PasskeyDevice {
  readonly id = randomBytes(32).toString('base64url');
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  private counter: number;
  private userHandle = '';

  /** @param counts whether it counts its signatures; one that is backed up to elsewhere does not */
  constructor(private readonly counts = true) {
    this.counter = counts ? 1 : 0;
  }

  get privateKey(): KeyObject {
    return this.keys.privateKey;
  }

  /** What `navigator.credentials.create()` answers. */
  create(options: unknown, misconduct: Misconduct = {}) {
    const { challenge, user } = options as Creation;
    this.userHandle = user.id;
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.coseKey()]);
    const statement = misconduct.certificates
      ? map([
          [text('alg'), integer(-7)],
          [text('sig'), bytes(Buffer.alloc(8))],
          [text('x5c'), Buffer.concat([head(4, 1), bytes(Buffer.alloc(8))])],
        ])
      : map([]);
    const attestation = map([
      [text('fmt'), text(misconduct.certificates ? 'packed' : 'none')],
      [text('attStmt'), statement],
      [text('authData'), bytes(Buffer.concat([this.authenticatorData(ATTESTED, misconduct), attested]))],
    ]);
    return {
      ...this.named(misconduct),
      response: {
        clientDataJSON: clientData(challenge, 'webauthn.create', misconduct),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal', 'hybrid'],
      },
    };
  }

  /** What `navigator.credentials.get()` answers. */
  get(options: unknown, misconduct: Misconduct = {}) {
    const { challenge } = options as Pick<Creation, 'challenge'>;
    if (this.counts) this.counter += 1;
    const data = this.authenticatorData(0, misconduct);
    const client = clientData(challenge, 'webauthn.get', misconduct);
    const signed = Buffer.concat([data, sha256(Buffer.from(client, 'base64url'))]);
    return {
      ...this.named(misconduct),
      response: {
        clientDataJSON: client,
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, misconduct.key ?? this.privateKey).toString('base64url'),
        userHandle: misconduct.userHandle ?? this.userHandle,
      },
    };
  }

  private named({ id = this.id }: Misconduct) {
    return {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    };
  }

  private authenticatorData(flags: number, { rpId, verifiesUser = true, counter }: Misconduct): Buffer {
    const all = flags | UP | (verifiesUser ? UV : 0) | (this.counts ? 0 : BACKED_UP);
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter ?? this.counter);
    return Buffer.concat([
      sha256(Buffer.from(rpId ?? new URL(PUBLIC_URL).hostname)),
      Buffer.from([all]),
      count,
    ]);
  }

  private coseKey(): Buffer {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' });
    return map([
      [integer(1), integer(2)],
      [integer(3), integer(-7)],
      [integer(-1), integer(1)],
      [integer(-2), bytes(Buffer.from(x, 'base64url'))],
      [integer(-3), bytes(Buffer.from(y, 'base64url'))],
    ]);
  }
}

const sha256 = (data: Buffer) => createHash('sha256').update(data).digest();

function clientData(challenge: string, type: string, misconduct: Misconduct): string {
  const { origin = PUBLIC_URL, crossOrigin = false } = misconduct;
  const data = { type: misconduct.type ?? type, challenge, origin, crossOrigin };
  return Buffer.from(JSON.stringify(data)).toString('base64url');
}

/** The head of a CBOR item (RFC 8949 3); lengths below 65,536. */
function head(major: number, value: number): Buffer {
  const type = major << 5;
  if (value < 24) return Buffer.from([type | value]);
  return value < 256 ? Buffer.from([type | 24, value]) : Buffer.from([type | 25, value >> 8, value & 0xff]);
}

const integer = (value: number) => (value < 0 ? head(1, -1 - value) : head(0, value));
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
const map = (entries: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);
