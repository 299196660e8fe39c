import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import type { Tx } from '../database/db.js';
import { MailQuota } from '../mail/mail-quota.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { KeyRing } from '../secrets/key-ring.js';
import { EmailFactorsRepository } from './email-factors.repository.js';
import { WrongFactorCode } from './factors.errors.js';
import { MailedCodesRepository } from './mailed-codes.repository.js';
import { compact } from './recovery-codes.js';
import type { FactorProof } from './totp-factor.js';

/** How long a mailed code works. */
const LIFE_MINUTES = 10;

const DIGITS = 8;
const FORM = /^\d{8}$/;

/** The HMAC's purpose. */
const PURPOSE = 'sign-in-code';

/** A sign-in that waits for a code, and whose it is. */
export interface WaitingSignIn {
  readonly userId: string;
  readonly grantId: string;
}

/**
 * Codes by e-mail: eight digits, for ten minutes, once, good for the sign-in for which they were mailed
 * and for no other. Attempts are counted with the user as those at an authenticator app are.
 */
@Injectable()
export class MailedCodes {
  constructor(
    private readonly codes: MailedCodesRepository,
    private readonly factors: EmailFactorsRepository,
    private readonly quota: MailQuota,
    private readonly outbox: Outbox,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** Whether one more code may be mailed to this address, which is then counted: one a minute, five an hour. */
  mayMail(tx: Tx, address: string): Promise<boolean> {
    return this.quota.tryTake(tx, { recipient: address, purpose: PURPOSE, atMostOncePer: MINUTE });
  }

  /** Mails a code for a sign-in that has just begun to wait. */
  async mail(
    tx: Tx,
    { userId, grantId }: WaitingSignIn,
    to: { address: string; locale: string | null },
  ): Promise<void> {
    const code = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
    const digest = this.keys.mac(PURPOSE, textOf(grantId, code));
    const expiresAt = this.clock.now() + LIFE_MINUTES * MINUTE;
    await this.codes.insert(tx, { grantId, userId, digest, expiresAt });
    await this.outbox.enqueue(tx, {
      template: 'sign-in-code',
      recipient: to.address,
      userId,
      locale: to.locale,
      values: { code, minutes: LIFE_MINUTES },
    });
  }

  /** Counts an attempt before its code is looked at. @throws RateLimited */
  async count(tx: Tx, userId: string): Promise<void> {
    const now = this.clock.now();
    if (await this.factors.countAttempt(tx, userId, now)) return;
    const lockedUntil = await this.factors.lockedUntil(tx, userId);
    throw new RateLimited(Math.max(1, Math.ceil((lockedUntil - now) / SECOND)));
  }

  /** What a typed code may be worth; whether it is right shows when it is spent. @throws WrongFactorCode */
  look({ userId, grantId }: WaitingSignIn, typed: string): FactorProof {
    const code = compact(typed);
    if (!FORM.test(code)) throw new WrongFactorCode();
    return { kind: 'mailed-code', userId, grantId, digests: this.keys.macs(PURPOSE, textOf(grantId, code)) };
  }

  /** Uses a code up: of any number that race, one is told true. */
  async isSpent(tx: Tx, proof: WaitingSignIn & { readonly digests: readonly string[] }): Promise<boolean> {
    const { userId, grantId, digests } = proof;
    if (!(await this.codes.consume(tx, { userId, grantId, digests, now: this.clock.now() }))) return false;
    await this.forgetAttempts(tx, userId);
    return true;
  }

  /** Forgets the attempts, after another right answer than a mailed code. */
  forgetAttempts(tx: Tx, userId: string): Promise<void> {
    return this.factors.forgetAttempts(tx, userId);
  }
}

const textOf = (grantId: string, code: string) => `${grantId}\0${code}`;
