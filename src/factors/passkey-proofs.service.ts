import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { Clock } from '../common/clock.js';
import { Reader, type Tx } from '../database/db.js';
import { PasskeyNotFound } from './factors.errors.js';
import type { KnownCredential, PasskeyProof, ShownCredential } from './passkey.js';
import { PasskeyChallenges, type ChallengeHolder } from './passkey-challenges.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { WebAuthn } from './webauthn.service.js';

/**
 * Passkeys as they are shown at a sign-in, or by who is signed in. The device has verified its user, by
 * his finger or a PIN, so that one of them is both factors.
 */
@Injectable()
export class PasskeyProofs {
  constructor(
    private readonly passkeys: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly webAuthn: WebAuthn,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** What a browser asks its user for a passkey with, alike for everybody. */
  async ask(tx: Tx, holder: ChallengeHolder): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.webAuthn.requestOptions(await this.challenges.give(tx, holder));
  }

  /** The same for one of this user's. @throws PasskeyNotFound when he has none */
  async askOf(
    tx: Tx,
    holder: ChallengeHolder,
    userId: string,
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const known = await this.passkeys.credentialsOf(tx, userId);
    if (known.length === 0) throw new PasskeyNotFound();
    return this.webAuthn.requestOptions(await this.challenges.give(tx, holder), known);
  }

  /** The passkey that a device knows by this name; null for none. */
  find(credentialId: string): Promise<KnownCredential | null> {
    return this.passkeys.findByCredential(this.reader, credentialId);
  }

  /** What a passkey that was shown is worth; null when anything about it is wrong. The challenge is used up. */
  async look(
    holder: ChallengeHolder,
    shown: ShownCredential,
    known: KnownCredential | null,
  ): Promise<PasskeyProof | null> {
    const challenge = await this.challenges.take(holder, shown.response.clientDataJSON);
    if (challenge === null || known === null) return null;
    // Where nobody has said who he is the device says it.
    if (holder.purpose === 'sign-in' && typeof shown.response.userHandle !== 'string') return null;
    return this.webAuthn.shown(shown, challenge, known);
  }

  /** The same of one of this user's; anybody else's is wrong. */
  async lookOf(
    holder: ChallengeHolder,
    shown: ShownCredential,
    userId: string,
  ): Promise<PasskeyProof | null> {
    const known = await this.find(shown.id);
    return this.look(holder, shown, known?.userId === userId ? known : null);
  }

  /**
   * Notes the use, in the unit that gives what it was shown for. False for a passkey that was taken away,
   * or whose count another use has overtaken, meanwhile.
   */
  spend(tx: Tx, proof: PasskeyProof): Promise<boolean> {
    return this.passkeys.use(tx, proof, this.clock.now());
  }
}
