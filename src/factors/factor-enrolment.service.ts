import { Injectable } from '@nestjs/common';
import { toString as drawQrCode } from 'qrcode';
import { Clock, HOUR } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { Config } from '../config/config.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { digestOf } from '../common/digest.js';
import { EnrolmentCodeWrong, EnrolmentNotBegun, FactorExists, FactorNotFound } from './factors.errors.js';
import { compact, newRecoveryCodes } from './recovery-codes.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';
import type { FactorOverview } from './totp-factor.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';
import { TotpSecrets } from './totp-secrets.service.js';

/** How long a shown secret waits for the first code. */
const WAITS = HOUR;

/** A secret for an authenticator app; it counts once a code of it was shown. */
export interface TotpOffer {
  readonly secret: string;
  readonly uri: string;
  /** `uri` as a picture, an SVG document. */
  readonly qrCode: string;
}

/** A waiting secret of which a right code was shown. */
export interface WaitingFactor {
  readonly sealed: string;
  readonly step: number;
}

/** How a user comes by a second factor, and loses it. Who may is decided above. */
@Injectable()
export class FactorEnrolment {
  private readonly issuer: string;

  constructor(
    config: Config,
    private readonly factors: TotpFactorsRepository,
    private readonly recoveryCodes: RecoveryCodesRepository,
    private readonly secrets: TotpSecrets,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {
    this.issuer = new URL(config.links.publicUrl).hostname;
  }

  async overview(db: Db, userId: string): Promise<FactorOverview> {
    return {
      enrolledAt: await this.factors.confirmedAt(db, userId),
      recoveryCodesLeft: await this.recoveryCodes.countLeft(db, userId),
    };
  }

  /** A fresh secret, of which nothing is kept yet. */
  async offer(label: string): Promise<TotpOffer> {
    const secret = newTotpSecret();
    const uri = totpUri(secret, { issuer: this.issuer, label });
    return { secret, uri, qrCode: await drawQrCode(uri, { type: 'svg' }) };
  }

  /** Has an offered secret wait for its first code; one that waited before is forgotten. @throws FactorExists */
  async begin(tx: Tx, userId: string, secret: string): Promise<void> {
    const sealed = this.secrets.seal(userId, secret);
    const isBegun = await this.factors.begin(tx, { userId, secret: sealed, now: this.clock.now() });
    if (!isBegun) throw new FactorExists();
  }

  /** The waiting secret to which a code belongs. @throws EnrolmentNotBegun, EnrolmentCodeWrong */
  async waiting(userId: string, code: string): Promise<WaitingFactor> {
    const now = this.clock.now();
    const sealed = await this.factors.findWaiting(this.reader, userId, now - WAITS);
    if (sealed === null) throw new EnrolmentNotBegun();
    const step = stepOfCode(this.secrets.open(userId, sealed), compact(code), now);
    if (step === null) throw new EnrolmentCodeWrong();
    return { sealed, step };
  }

  /**
   * From now on the user's sign-ins ask for a second factor. Answers his recovery codes, which are shown
   * now and never again; of two that race one has it.
   * @throws EnrolmentNotBegun
   */
  async confirm(tx: Tx, userId: string, { sealed, step }: WaitingFactor): Promise<readonly string[]> {
    const factor = { userId, secret: sealed, step, now: this.clock.now() };
    if (!(await this.factors.confirm(tx, factor))) throw new EnrolmentNotBegun();
    return this.giveCodes(tx, userId);
  }

  /** Ten fresh recovery codes in the place of all that there were. @throws FactorNotFound */
  async renewCodes(tx: Tx, userId: string): Promise<readonly string[]> {
    if ((await this.factors.confirmedAt(tx, userId)) === null) throw new FactorNotFound();
    return this.giveCodes(tx, userId);
  }

  /** From now on the user's password is enough; his recovery codes are gone too. @throws FactorNotFound */
  async remove(tx: Tx, userId: string): Promise<void> {
    if (!(await this.factors.delete(tx, userId))) throw new FactorNotFound();
    await this.recoveryCodes.deleteAll(tx, userId);
  }

  private async giveCodes(tx: Tx, userId: string): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    const createdAt = this.clock.now();
    const kept = codes.map((code) => ({
      id: newId(),
      userId,
      digest: digestOf(compact(code)),
      createdAt,
      usedAt: null,
    }));
    await this.recoveryCodes.replace(tx, userId, kept);
    return codes;
  }
}
