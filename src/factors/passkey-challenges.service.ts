import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { PasskeyChallengesRepository } from './passkey-challenges.repository.js';
import { challengeIn } from './client-data.js';
import { CHALLENGE_TTL } from './passkey.js';

const CHALLENGE_BYTES = 32;

/** What a challenge is for, and what only who asked for it can show. */
export interface ChallengeHolder {
  readonly purpose: 'registration' | 'sign-in' | 'confirmation';
  readonly secret: string;
}

/** Challenges: each is signed once, within five minutes, for who asked for it and for what he asked it for. */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly repository: PasskeyChallengesRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** A fresh one, of which only a digest is kept. */
  async give(tx: Tx, { purpose, secret }: ChallengeHolder): Promise<Uint8Array<ArrayBuffer>> {
    const challenge = randomBytes(CHALLENGE_BYTES);
    await this.repository.insert(tx, {
      digest: digestOf(challenge.toString('base64url')),
      purpose,
      holderDigest: digestOf(secret),
      expiresAt: this.clock.now() + CHALLENGE_TTL,
    });
    return Uint8Array.from(challenge);
  }

  /** The challenge that was signed, which is then used up whatever comes of it; null for one that is not his, or no more. */
  async take({ purpose, secret }: ChallengeHolder, clientDataJson: string): Promise<string | null> {
    const challenge = challengeIn(clientDataJson);
    if (challenge === null) return null;
    const shown = { digest: digestOf(challenge), purpose, holderDigest: digestOf(secret) };
    const isHis = await this.unitOfWork.run((tx) => this.repository.consume(tx, shown, this.clock.now()));
    return isHis ? challenge : null;
  }
}
