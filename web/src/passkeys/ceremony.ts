import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser';

/** What `POST …/options` of our server answers, for a passkey to be made and to be shown. */
export type CreationOptions = PublicKeyCredentialCreationOptionsJSON;
export type RequestOptions = PublicKeyCredentialRequestOptionsJSON;

/** A passkey as our server takes it. */
export type MadePasskey = RegistrationResponseJSON;
export type ShownPasskey = AuthenticationResponseJSON;

/**
 * Why there is no passkey: its user or another ceremony ended this one, or it took too long; the device
 * has one of his already; this browser or this address cannot do it; the code for it could not be loaded,
 * which may be tried again.
 */
export type PasskeyRefusal = 'cancelled' | 'already-there' | 'not-possible' | 'not-loaded';

/** How a ceremony ended: with a credential, or with why there is none. */
export type Ceremony<Credential> = { readonly credential: Credential } | { readonly refusal: PasskeyRefusal };

/** What the file that is loaded when it is needed can do. None of it throws. */
export interface Ceremonies {
  make(options: CreationOptions): Promise<Ceremony<MadePasskey>>;
  /** @param offersInField offers passkeys in the list of the field with `autocomplete="… webauthn"`, quietly */
  show(options: RequestOptions, offersInField: boolean): Promise<Ceremony<ShownPasskey>>;
  /** Ends the ceremony that is under way, if one is. */
  stop(): void;
}
