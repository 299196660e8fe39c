import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import { ask } from '../api/ask.js';

const PATH = '/v1/sessions/current/confirm';

/** Whether this browser can do passkeys at this address: they need HTTPS, or localhost. */
export const canUsePasskeys = (): boolean =>
  isSecureContext && typeof globalThis.PublicKeyCredential === 'function';

/**
 * Shows by a passkey who is signed in. False when its user ended it, or this browser cannot do it.
 * @throws Problem
 */
export async function confirmByPasskey(): Promise<boolean> {
  const [{ startAuthentication }, { body: optionsJSON }] = await Promise.all([
    import('@simplewebauthn/browser'),
    ask<PublicKeyCredentialRequestOptionsJSON>('POST', `${PATH}/options`, { mayConfirm: false }),
  ]);
  const passkey = await startAuthentication({ optionsJSON }).catch(() => null);
  if (passkey === null) return false;
  await ask('POST', PATH, { body: { passkey }, mayConfirm: false });
  return true;
}
