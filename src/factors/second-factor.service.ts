import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock, SECOND } from '../common/clock.js';
import { RateLimited } from '../common/errors.js';
import type { Db, Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import type { FactorDemand } from './factor-demand.js';
import { FactorDemands } from './factor-demands.service.js';
import { WrongFactorCode } from './factors.errors.js';
import { MailedCodes, type WaitingSignIn } from './mailed-codes.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { compact, digestOfRecoveryCode } from './recovery-codes.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { stepOfCode } from './totp.js';
import type { CountedAttempt, FactorProof } from './totp-factor.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';
import { TotpSecrets } from './totp-secrets.service.js';

/** Looks at the code of an attempt that was counted. @throws WrongFactorCode */
type LookAtCode = (typed: string) => FactorProof;

/**
 * Asks for the second factor of somebody whose password was right: a code of his authenticator app or
 * one of his recovery codes, else one that was mailed to him. Every attempt is counted with the factor
 * before it is looked at, whichever node or door it comes to: the fifth without a right code locks the
 * factor for a minute, further ones for 5, 15 and 60. While it is locked the right code is refused too.
 */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly factors: TotpFactorsRepository,
    private readonly recoveryCodes: RecoveryCodesRepository,
    private readonly secrets: TotpSecrets,
    private readonly notices: SecurityNotices,
    private readonly mailedCodes: MailedCodes,
    private readonly passkeys: PasskeysRepository,
    private readonly demands: FactorDemands,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What the user is asked for beside his password; null when nothing is. */
  demandOf(db: Db, userId: string): Promise<FactorDemand | null> {
    return this.demands.of(db, userId);
  }

  /** True for a user whose password is not enough. */
  async isNeeded(db: Db, userId: string): Promise<boolean> {
    return (await this.demands.of(db, userId)) !== null;
  }

  /** Of an authenticator app or a recovery code, what a right one is worth: it is used up by `spend`. @throws WrongFactorCode, RateLimited */
  async check(userId: string, code: string): Promise<FactorProof> {
    const look = await this.unitOfWork.run((tx) => this.count(tx, userId));
    return look(code);
  }

  /**
   * Counts an attempt and answers what looks at its code. Of who has passkeys and no app only recovery
   * codes are. @throws WrongFactorCode for who has neither; RateLimited
   */
  private async count(tx: Tx, userId: string): Promise<LookAtCode> {
    const now = this.clock.now();
    const attempt = await this.factors.countAttempt(tx, userId, now);
    if (attempt) return (typed) => this.look(attempt, typed);
    const lockedUntil = await this.factors.lockedUntil(tx, userId);
    if (lockedUntil !== null) throw new RateLimited(Math.max(1, Math.ceil((lockedUntil - now) / SECOND)));
    if ((await this.passkeys.count(tx, userId)) === 0) throw new WrongFactorCode();
    await this.mailedCodes.count(tx, userId);
    return (typed) => recoveryCodeOf(userId, typed);
  }

  /**
   * Counts an attempt to complete a sign-in that waits: at the user's app or recovery codes where he has
   * an app or a passkey, else at the code that was mailed for it; answers what looks at the code. @throws RateLimited
   */
  async countWaiting(tx: Tx, waiting: WaitingSignIn): Promise<LookAtCode> {
    const demand = await this.demands.of(tx, waiting.userId);
    if (demand?.kind === 'app' || demand?.kind === 'passkey') return this.count(tx, waiting.userId);
    await this.mailedCodes.count(tx, waiting.userId);
    return (typed) => this.mailedCodes.look(waiting, typed);
  }

  /** What a code is worth, once its attempt is counted. @throws WrongFactorCode */
  private look({ userId, secret, lastStep }: CountedAttempt, typed: string): FactorProof {
    const digest = digestOfRecoveryCode(typed);
    if (digest !== null) return { kind: 'recovery-code', userId, digest };
    const step = stepOfCode(this.secrets.open(userId, secret), compact(typed), this.clock.now());
    if (step === null || step <= lastStep) throw new WrongFactorCode();
    return { kind: 'totp', userId, step, resealed: this.secrets.renewed(userId, secret) };
  }

  /**
   * Uses a proof up, in the unit that gives what it was shown for: of any number that race with the same
   * code, one goes on. Of a recovery code its user is told by mail. @throws WrongFactorCode
   */
  async spend(tx: Tx, actor: Actor, proof: FactorProof): Promise<void> {
    if (!(await this.isSpent(tx, actor, proof))) throw new WrongFactorCode();
  }

  private async isSpent(tx: Tx, actor: Actor, proof: FactorProof): Promise<boolean> {
    const { userId } = proof;
    if (proof.kind === 'totp') return this.factors.spendStep(tx, userId, proof.step, proof.resealed);
    if (proof.kind === 'mailed-code') return this.mailedCodes.isSpent(tx, proof);
    if (!(await this.recoveryCodes.consume(tx, userId, proof.digest, this.clock.now()))) return false;
    await this.factors.forgetAttempts(tx, userId);
    await this.mailedCodes.forgetAttempts(tx, userId);
    const left = await this.recoveryCodes.countLeft(tx, userId);
    await this.notices.tell(tx, actor, userId, { what: 'recovery-code-used', left });
    return true;
  }
}

/** @throws WrongFactorCode for text that is none */
function recoveryCodeOf(userId: string, typed: string): FactorProof {
  const digest = digestOfRecoveryCode(typed);
  if (digest === null) throw new WrongFactorCode();
  return { kind: 'recovery-code', userId, digest };
}
