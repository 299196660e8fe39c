import { Injectable } from '@nestjs/common';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticatorTransport,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { COSEALG, decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { Config } from '../config/config.js';
import {
  CHALLENGE_TTL,
  type CreatedCredential,
  type KnownCredential,
  type NewCredential,
  type PasskeyProof,
  type ShownCredential,
} from './passkey.js';

/** The device's name for a passkey, and how a browser reaches it. */
export interface DescribedCredential {
  readonly credentialId: string;
  readonly transports: readonly string[];
}

/** What every device knows one of. */
const ALGORITHMS = [COSEALG.ES256, COSEALG.EdDSA, COSEALG.RS256];

/** For whom a passkey is to be made. */
export interface PasskeyOwner {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
}

/**
 * The ceremonies of WebAuthn for this server: they count at the origin of `PUBLIC_URL` and nowhere else,
 * with a device that has verified its user, and tell nothing of which make the device is.
 * Spec: Web Authentication Level 3, 7.1 and 7.2.
 */
@Injectable()
export class WebAuthn {
  private readonly expected: { readonly expectedOrigin: string; readonly expectedRPID: string };

  constructor(config: Config) {
    const { origin, hostname } = new URL(config.links.publicUrl);
    this.expected = { expectedOrigin: origin, expectedRPID: hostname };
  }

  /** What a browser makes a passkey with; one that is `known` is not made again. */
  creationOptions(
    challenge: Uint8Array<ArrayBuffer>,
    owner: PasskeyOwner,
    known: readonly DescribedCredential[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return generateRegistrationOptions({
      rpName: this.expected.expectedRPID,
      rpID: this.expected.expectedRPID,
      userID: Uint8Array.from(handleOf(owner.id)),
      userName: owner.name,
      userDisplayName: owner.displayName,
      challenge,
      timeout: CHALLENGE_TTL,
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: ALGORITHMS,
      excludeCredentials: known.map(descriptorOf),
    });
  }

  /** What a browser asks for a passkey with: any that it has of this server, or one of the `allowed`. */
  requestOptions(
    challenge: Uint8Array<ArrayBuffer>,
    allowed?: readonly DescribedCredential[],
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return generateAuthenticationOptions({
      allowCredentials: allowed?.map(descriptorOf),
      rpID: this.expected.expectedRPID,
      challenge,
      timeout: CHALLENGE_TTL,
      userVerification: 'required',
    });
  }

  /**
   * What a device has made in answer to a challenge; null when anything about it is wrong. An attestation
   * with certificates is: none is asked for, and looking at one would fetch what it names.
   */
  async created(created: CreatedCredential, challenge: string): Promise<NewCredential | null> {
    const checked = await orNull(async () => {
      if (hasCertificates(created.response.attestationObject)) return null;
      return verifyRegistrationResponse({
        response: { ...created, clientExtensionResults: {} },
        expectedChallenge: challenge,
        ...this.expected,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      });
    });
    if (!checked?.verified) return null;
    const { credential, credentialBackedUp } = checked.registrationInfo;
    if (credential.id !== created.id) return null;
    return {
      credentialId: credential.id,
      publicKey: isoBase64URL.fromBuffer(credential.publicKey),
      counter: credential.counter,
      transports: created.response.transports ?? [],
      isBackedUp: credentialBackedUp,
    };
  }

  /**
   * What a signature of this passkey is worth; null when anything about it is wrong, a count that has not
   * gone up too: then there may be a copy of the device. One that was asked for by name need not say whose
   * it is (WebAuthn 7.2, step 6).
   */
  async shown(
    shown: ShownCredential,
    challenge: string,
    { id, userId, credentialId, publicKey, counter }: KnownCredential,
  ): Promise<PasskeyProof | null> {
    const { userHandle = null } = shown.response;
    if (userHandle !== null && userHandle !== handleOf(userId).toString('base64url')) return null;
    const checked = await orNull(() =>
      verifyAuthenticationResponse({
        response: { ...shown, clientExtensionResults: {} },
        expectedChallenge: challenge,
        ...this.expected,
        requireUserVerification: true,
        credential: { id: credentialId, publicKey: isoBase64URL.toBuffer(publicKey), counter },
      }),
    );
    if (!checked?.verified) return null;
    const { newCounter, credentialBackedUp } = checked.authenticationInfo;
    return { id, userId, counter: newCounter, isBackedUp: credentialBackedUp };
  }
}

const descriptorOf = ({ credentialId, transports }: DescribedCredential) => ({
  id: credentialId,
  transports: transports as AuthenticatorTransport[],
});

/** The bytes by which devices know a user. */
function handleOf(userId: string): Buffer {
  return Buffer.from(userId.replaceAll('-', ''), 'hex');
}

function hasCertificates(attestationObject: string): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
  const format = attestation.get('fmt');
  if (format === 'none') return false;
  return format !== 'packed' || attestation.get('attStmt').get('x5c') !== undefined;
}

/** The library throws whatever it finds wrong, and whatever it stumbles over in what was sent. */
async function orNull<T>(look: () => Promise<T | null>): Promise<T | null> {
  try {
    return await look();
  } catch {
    return null;
  }
}
