import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE } from '../../common/clock.js';
import { digestOf } from '../../common/digest.js';
import { Reader, type Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Identity } from '../provider.js';
import { ProofRefused } from '../social.errors.js';
import { ProofsRepository } from './proofs.repository.js';

const TTL = 10 * MINUTE;
const FORM = /^ghp_[\w-]{43}$/;

/** True for text in the form of a proof of ours. */
export function isProofToken(token: string): boolean {
  return FORM.test(token);
}

/** Secrets that stand for somebody whom a provider has vouched for: 256 random bits, good once, for ten minutes. */
@Injectable()
export class Proofs {
  constructor(
    private readonly repository: ProofsRepository,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Answers the secret, of which only the digest is kept. */
  async issue(provider: string, identity: Identity): Promise<string> {
    const token = `ghp_${randomBytes(32).toString('base64url')}`;
    const expiresAt = this.clock.now() + TTL;
    await this.unitOfWork.run((tx) =>
      this.repository.insert(tx, { ...identity, provider, digest: digestOf(token), expiresAt }),
    );
    return token;
  }

  /** @throws ProofRefused for one that is unknown, used up, expired, or another provider's */
  async identify(provider: string, token: string): Promise<Identity> {
    const now = this.clock.now();
    const identity = await this.repository.findLive(this.reader, provider, digestOf(token), now);
    if (!identity) throw new ProofRefused();
    return identity;
  }

  /** Uses the secret up; of parallel callers one is told true. */
  spend(tx: Tx, provider: string, token: string): Promise<boolean> {
    return this.repository.consume(tx, provider, digestOf(token), this.clock.now());
  }
}
