import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { digestOf, randomUuidShaped } from '../common/digest.js';
import { newId } from '../common/ids.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { OneTimeTokensRepository } from './one-time-tokens.repository.js';
import type { RedeemedToken, TokenPurpose } from './one-time-token.js';

/** Mailed secrets: 128 random bits, kept as digests, good once. */
@Injectable()
export class OneTimeTokens {
  constructor(
    private readonly repository: OneTimeTokensRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a token and ends the user's older ones of the same purpose. It lives for `ttl` ms, until
   * it is redeemed, or until his password changes or he is blocked. With `userId` null the same work
   * is done for nobody: such a token opens nothing.
   */
  async issue(
    tx: Tx,
    token: {
      purpose: TokenPurpose;
      userId: string | null;
      address: string | null;
      epoch: number;
      ttl: number;
    },
  ): Promise<string> {
    const now = this.clock.now();
    const secret = randomUuidShaped();
    await this.repository.expireAll(tx, token.userId ?? '', token.purpose, now);
    await this.repository.insert(tx, {
      id: newId(),
      purpose: token.purpose,
      digest: digestOf(secret),
      userId: token.userId,
      address: token.address,
      epoch: token.epoch,
      createdAt: now,
      expiresAt: now + token.ttl,
      consumedAt: null,
    });
    return secret;
  }

  /** Ends the user's live tokens of this purpose: none of them is redeemed any more. */
  end(tx: Tx, userId: string, purpose: TokenPurpose): Promise<void> {
    return this.repository.expireAll(tx, userId, purpose, this.clock.now());
  }

  /** Redeems a live token, once: of parallel callers one gets it, the others get null. */
  consume(tx: Tx, purpose: TokenPurpose, secret: string): Promise<RedeemedToken | null> {
    return this.repository.consume(tx, purpose, digestOf(secret), this.clock.now());
  }

  /** Looks at a live token without redeeming it. */
  peek(purpose: TokenPurpose, secret: string): Promise<RedeemedToken | null> {
    return this.repository.findLive(this.reader, purpose, digestOf(secret), this.clock.now());
  }

  /** True when the user has a link of this purpose that has not come to its end. */
  hasLive(db: Db, userId: string, purpose: TokenPurpose): Promise<boolean> {
    return this.repository.hasLive(db, userId, purpose, this.clock.now());
  }

  /** The address to which the user's live token of this purpose was mailed; null without one. */
  addressOf(db: Db, userId: string, purpose: TokenPurpose): Promise<string | null> {
    return this.repository.findLiveAddress(db, userId, purpose, this.clock.now());
  }

  /** True when the token existed and was redeemed before. */
  wasConsumed(purpose: TokenPurpose, secret: string): Promise<boolean> {
    return this.repository.wasConsumed(this.reader, purpose, digestOf(secret));
  }
}
