import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Db, Tx } from '../database/db.js';
import { PasskeyExists, PasskeyNotFound, PasskeyRefused, TooManyPasskeys } from './factors.errors.js';
import { MOST_PASSKEYS, type CreatedCredential, type NewCredential, type Passkey } from './passkey.js';
import { PasskeyChallenges } from './passkey-challenges.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { newRecoveryCodes, rowsOfCodes } from './recovery-codes.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';
import { TrustedDevices } from './trusted-devices.service.js';
import { WebAuthn, type PasskeyOwner } from './webauthn.service.js';

/** A passkey just made, and the recovery codes that came with it, which are shown now and never again. */
export interface AddedPasskey {
  readonly passkey: Passkey;
  readonly recoveryCodes: readonly string[];
}

/**
 * How a user comes by passkeys, and loses them. Who may is decided above. Every one that comes or goes
 * ends the trust in his devices.
 */
@Injectable()
export class PasskeyEnrolment {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly webAuthn: WebAuthn,
    private readonly apps: TotpFactorsRepository,
    private readonly recoveryCodes: RecoveryCodesRepository,
    private readonly devices: TrustedDevices,
    private readonly clock: Clock,
  ) {}

  /** The user's, in order of their making. */
  list(db: Db, userId: string): Promise<Passkey[]> {
    return this.passkeys.findOf(db, userId);
  }

  /** What a browser makes a passkey with, within five minutes, in this session. @throws TooManyPasskeys */
  async offer(tx: Tx, grantId: string, owner: PasskeyOwner): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const known = await this.passkeys.credentialsOf(tx, owner.id);
    if (known.length >= MOST_PASSKEYS) throw new TooManyPasskeys();
    const challenge = await this.challenges.give(tx, { purpose: 'registration', secret: grantId });
    return this.webAuthn.creationOptions(challenge, owner, known);
  }

  /** What a device has made in this session, of which nothing is kept yet. @throws PasskeyRefused */
  async look(grantId: string, created: CreatedCredential): Promise<NewCredential> {
    const holder = { purpose: 'registration', secret: grantId } as const;
    const challenge = await this.challenges.take(holder, created.response.clientDataJSON);
    const credential = challenge === null ? null : await this.webAuthn.created(created, challenge);
    if (!credential) throw new PasskeyRefused();
    return credential;
  }

  /**
   * From now on the passkey signs the user in, and his sign-ins ask for a second factor. Who has no
   * recovery codes gets some.
   * @throws PasskeyExists, TooManyPasskeys
   */
  async add(tx: Tx, userId: string, name: string, made: NewCredential): Promise<AddedPasskey> {
    const { credentialId, publicKey, counter, transports, isBackedUp } = made;
    const [id, createdAt] = [newId(), this.clock.now()];
    const needsCodes = await this.needsCodes(tx, userId);
    const kept = await this.passkeys.insert(tx, {
      id,
      userId,
      credentialId,
      publicKey,
      counter,
      transports: [...transports],
      name,
      backedUp: isBackedUp,
      createdAt,
      lastUsedAt: null,
    });
    if (kept === 'full') throw new TooManyPasskeys();
    if (kept === 'known') throw new PasskeyExists();
    const recoveryCodes = needsCodes ? newRecoveryCodes() : [];
    if (needsCodes) {
      await this.recoveryCodes.replace(tx, userId, rowsOfCodes(userId, recoveryCodes, createdAt));
    }
    await this.devices.end(tx, userId);
    return { passkey: { id, name, isBackedUp, createdAt, lastUsedAt: null }, recoveryCodes };
  }

  /** @throws PasskeyNotFound */
  async rename(tx: Tx, userId: string, id: string, name: string): Promise<Passkey> {
    const passkey = await this.passkeys.rename(tx, userId, id, name);
    if (!passkey) throw new PasskeyNotFound();
    return passkey;
  }

  /**
   * From now on the passkey signs nobody in; without another one, or an app, the recovery codes are gone
   * too. @throws PasskeyNotFound
   */
  async remove(tx: Tx, userId: string, id: string): Promise<void> {
    if (!(await this.passkeys.delete(tx, userId, id))) throw new PasskeyNotFound();
    await this.recoveryCodes.deleteUnneeded(tx, userId);
    await this.devices.end(tx, userId);
  }

  private async needsCodes(tx: Tx, userId: string): Promise<boolean> {
    const hasFactor =
      (await this.apps.confirmedAt(tx, userId)) !== null || (await this.passkeys.count(tx, userId)) > 0;
    return !hasFactor || (await this.recoveryCodes.countLeft(tx, userId)) === 0;
  }
}
