import { Injectable } from '@nestjs/common';
import { toString as drawQrCode } from 'qrcode';
import { Clock, HOUR } from '../common/clock.js';
import { Config } from '../config/config.js';
import { Reader, type Db, type Tx } from '../database/db.js';
import { UsersRepository } from '../users/users.repository.js';
import {
  AddressNotConfirmed,
  EnrolmentCodeWrong,
  EnrolmentNotBegun,
  FactorExists,
  FactorNotFound,
} from './factors.errors.js';
import { EmailFactorsRepository } from './email-factors.repository.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { compact, newRecoveryCodes, rowsOfCodes } from './recovery-codes.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';
import type { FactorOverview } from './totp-factor.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';
import { TotpSecrets } from './totp-secrets.service.js';
import { TrustedDevices } from './trusted-devices.service.js';

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

/**
 * How a user comes by a second factor, and loses it. Who may is decided above. Every change ends the
 * trust in his devices.
 */
@Injectable()
export class FactorEnrolment {
  private readonly issuer: string;

  constructor(
    config: Config,
    private readonly factors: TotpFactorsRepository,
    private readonly recoveryCodes: RecoveryCodesRepository,
    private readonly emails: EmailFactorsRepository,
    private readonly passkeys: PasskeysRepository,
    private readonly devices: TrustedDevices,
    private readonly users: UsersRepository,
    private readonly secrets: TotpSecrets,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {
    this.issuer = new URL(config.links.publicUrl).hostname;
  }

  async overview(db: Db, userId: string): Promise<FactorOverview> {
    const email = await this.emails.find(db, userId);
    return {
      enrolledAt: await this.factors.confirmedAt(db, userId),
      recoveryCodesLeft: await this.recoveryCodes.countLeft(db, userId),
      emailEnabledAt: email?.enabledAt ?? null,
      passkeys: await this.passkeys.count(db, userId),
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
    const codes = await this.giveCodes(tx, userId);
    await this.devices.end(tx, userId);
    return codes;
  }

  /** Ten fresh recovery codes in the place of all that there were. @throws FactorNotFound */
  async renewCodes(tx: Tx, userId: string): Promise<readonly string[]> {
    const hasApp = (await this.factors.confirmedAt(tx, userId)) !== null;
    if (!hasApp && (await this.passkeys.count(tx, userId)) === 0) throw new FactorNotFound();
    const codes = await this.giveCodes(tx, userId);
    await this.devices.end(tx, userId);
    return codes;
  }

  /**
   * From now on no app of the user's is asked for; without a passkey his recovery codes are gone too.
   * @throws FactorNotFound
   */
  async remove(tx: Tx, userId: string): Promise<void> {
    if (!(await this.factors.delete(tx, userId))) throw new FactorNotFound();
    await this.recoveryCodes.deleteUnneeded(tx, userId);
    await this.devices.end(tx, userId);
  }

  /**
   * From now on sign-ins of a user without an app ask for a code that is mailed to his confirmed address.
   * Answers whether that is anything new. @throws AddressNotConfirmed
   */
  async enableEmail(tx: Tx, userId: string): Promise<boolean> {
    const user = await this.users.findById(tx, userId);
    if (!user?.email || user.emailConfirmedAt === null) throw new AddressNotConfirmed();
    const factor = { userId, address: user.email, now: this.clock.now() };
    const isNew = await this.emails.enable(tx, factor);
    if (isNew) await this.devices.end(tx, userId);
    return isNew;
  }

  /** From now on the user asks for no codes by e-mail. @throws FactorNotFound */
  async disableEmail(tx: Tx, userId: string): Promise<void> {
    if (!(await this.emails.disable(tx, userId))) throw new FactorNotFound();
    await this.devices.end(tx, userId);
  }

  /** Takes away all that the user has, trusted devices too. @throws FactorNotFound when that is nothing */
  async removeAll(tx: Tx, userId: string): Promise<void> {
    const hadPasskeys = await this.passkeys.deleteAll(tx, userId);
    const hadApp = await this.factors.delete(tx, userId);
    const hadEmail = await this.emails.disable(tx, userId);
    await this.recoveryCodes.deleteUnneeded(tx, userId);
    const hadDevices = await this.devices.end(tx, userId);
    if (!hadPasskeys && !hadApp && !hadEmail && !hadDevices) throw new FactorNotFound();
  }

  private async giveCodes(tx: Tx, userId: string): Promise<readonly string[]> {
    const codes = newRecoveryCodes();
    await this.recoveryCodes.replace(tx, userId, rowsOfCodes(userId, codes, this.clock.now()));
    return codes;
  }
}
