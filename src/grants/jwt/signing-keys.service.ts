import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../../common/actor.js';
import { Audit } from '../../audit/audit.service.js';
import { Clock, SECOND } from '../../common/clock.js';
import { Config } from '../../config/config.js';
import { Reader } from '../../database/db.js';
import { uniqueViolation } from '../../database/faults.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Announcer } from '../../fence/announcer.service.js';
import { Fence } from '../../fence/fence.service.js';
import { KeyRing } from '../../secrets/key-ring.js';
import { SigningKeysRepository, type StoredKey } from './signing-keys.repository.js';

const BITS = 2_048;
/** A node whose clock is behind still verifies what was signed just before a key was retired. */
const LEEWAY = 60 * SECOND;

/** A public key as RFC 7517 writes it. */
export interface PublicJwk {
  readonly kty: string;
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'RS256';
  readonly n: string;
  readonly e: string;
}

interface Keys {
  readonly current: { readonly id: string; readonly privateKey: KeyObject };
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
  readonly jwks: readonly PublicJwk[];
}

/** The RS256 keys of this installation, the same on every node. */
@Injectable()
export class SigningKeys {
  private keys: Promise<Keys> | null = null;

  constructor(
    private readonly config: Config,
    private readonly repository: SigningKeysRepository,
    private readonly keyRing: KeyRing,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
    private readonly announcer: Announcer,
    private readonly clock: Clock,
    private readonly fence: Fence,
  ) {
    fence.onChange((subject) => {
      if (subject === 'signing-keys') this.keys = null;
    });
  }

  /** The key that signs, with its `kid`; made on first use, once for all nodes. */
  async current(): Promise<{ id: string; privateKey: KeyObject }> {
    // Another node may have rotated: a retired key signs nothing more.
    await this.fence.passed();
    return (await this.all()).current;
  }

  /** The public key of a `kid` that we gave out, or null. The caller has passed the fence. */
  async publicKey(kid: string): Promise<KeyObject | null> {
    return (await this.all()).publicKeys.get(kid) ?? null;
  }

  /** The public keys under which a token that still counts may have been signed (RFC 7517). */
  async jwks(): Promise<{ keys: readonly PublicJwk[] }> {
    await this.fence.passed();
    return { keys: (await this.all()).jwks };
  }

  /** Has a new key sign from now on, on every node; the old one verifies until its last token has expired. */
  async rotate(): Promise<string> {
    const fresh = await this.generate();
    await this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      await this.repository.retireCurrent(tx, now);
      await this.repository.insertCurrent(tx, fresh, now);
      await this.repository.purge(tx, now - this.longestToken());
      this.announcer.announce(tx, 'signing-keys');
      await this.audit.record(tx, SYSTEM_ACTOR, { kind: 'signing-key.rotated', objectId: fresh.id });
    });
    this.keys = null;
    return fresh.id;
  }

  private all(): Promise<Keys> {
    this.keys ??= this.load().catch((error: unknown) => {
      this.keys = null;
      throw error;
    });
    return this.keys;
  }

  private async load(): Promise<Keys> {
    const stored = await this.repository.findAll(this.reader);
    const current = stored.find((key) => key.isCurrent);
    if (!current) {
      await this.createFirst();
      return this.load();
    }
    const oldest = this.clock.now() - this.longestToken();
    const live = stored.filter((key) => key.retiredAt === null || key.retiredAt > oldest);
    const jwks = live.map((key) => JSON.parse(key.publicJwk) as PublicJwk);
    return {
      current: { id: current.id, privateKey: await this.open(current) },
      publicKeys: new Map(jwks.map((jwk) => [jwk.kid, createPublicKey({ key: { ...jwk }, format: 'jwk' })])),
      jwks,
    };
  }

  /** Of nodes that start together one makes the key; the others read it. */
  private async createFirst(): Promise<void> {
    const fresh = await this.generate();
    try {
      await this.unitOfWork.run((tx) => this.repository.insertCurrent(tx, fresh, this.clock.now()));
    } catch (error) {
      if (uniqueViolation(error) !== 'signing_keys') throw error;
    }
  }

  private async generate(): Promise<{ id: string; sealedPrivateKey: string; publicJwk: string }> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: BITS });
    const { kty, n, e } = publicKey.export({ format: 'jwk' });
    const id = createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url').slice(0, 32);
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const publicJwk = JSON.stringify({ kty, kid: id, use: 'sig', alg: 'RS256', n, e });
    return { id, sealedPrivateKey: this.keyRing.seal(pem, placeOf(id)), publicJwk };
  }

  /** Seals the key anew when SECRET_KEY has been rotated, so that the old one may go. */
  private async open(key: StoredKey): Promise<KeyObject> {
    const place = placeOf(key.id);
    const pem = this.keyRing.open(key.sealedPrivateKey, place);
    if (this.keyRing.isOutdated(key.sealedPrivateKey)) {
      await this.unitOfWork.run((tx) => this.repository.reseal(tx, key.id, this.keyRing.seal(pem, place)));
    }
    return createPrivateKey(pem);
  }

  private longestToken(): number {
    return this.config.tokens.accessTtl + LEEWAY;
  }
}

function placeOf(id: string): string {
  return `signing_keys:private_key:${id}`;
}
