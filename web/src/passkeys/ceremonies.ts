import {
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from '@simplewebauthn/browser';
import type { Ceremonies, Ceremony, PasskeyRefusal } from './ceremony.js';

/** A file of its own, `dist/public/passkeys.js`: `passkeys.ts` loads it when a passkey is asked for. */
export const make: Ceremonies['make'] = (optionsJSON) => ended(startRegistration({ optionsJSON }));

export const show: Ceremonies['show'] = (optionsJSON, offersInField) =>
  ended(startAuthentication({ optionsJSON, useBrowserAutofill: offersInField }));

export const stop: Ceremonies['stop'] = () => WebAuthnAbortService.cancelCeremony();

async function ended<Credential>(ceremony: Promise<Credential>): Promise<Ceremony<Credential>> {
  try {
    return { credential: await ceremony };
  } catch (error) {
    return { refusal: refusalOf(error) };
  }
}

function refusalOf(error: unknown): PasskeyRefusal {
  if (!(error instanceof WebAuthnError)) return 'not-possible';
  if (error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') return 'already-there';
  return error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'cancelled' : 'not-possible';
}
