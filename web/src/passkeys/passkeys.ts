import type {
  Ceremonies,
  Ceremony,
  CreationOptions,
  MadePasskey,
  RequestOptions,
  ShownPasskey,
} from './ceremony.js';

/** Where `ceremonies.ts` is served, by its content; the build fills it in. */
declare const PASSKEYS_ADDRESS: string;

/** Whether this browser can do passkeys at this address: they need HTTPS, or localhost. */
export const canUsePasskeys = (): boolean =>
  isSecureContext && typeof globalThis.PublicKeyCredential === 'function';

/** Whether passkeys can be kept on this device itself, and offered in the list that a field opens. Never throws. */
export async function canOfferPasskeys(): Promise<boolean> {
  if (!canUsePasskeys()) return false;
  try {
    const hasPlace = await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
    return hasPlace && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);
  } catch {
    return false;
  }
}

/** Has the browser make a passkey. Call it right after a click: some browsers insist. Never throws. */
export async function makePasskey(options: CreationOptions): Promise<Ceremony<MadePasskey>> {
  const ceremonies = await load();
  return ceremonies?.make(options) ?? { refusal: 'not-loaded' };
}

/** Has the browser show a passkey, which its user chooses. Ends whatever ceremony was under way. Never throws. */
export async function showPasskey(options: RequestOptions): Promise<Ceremony<ShownPasskey>> {
  const ceremonies = await load();
  return ceremonies?.show(options, false) ?? { refusal: 'not-loaded' };
}

/** Offers passkeys in the list of the field for it, until one is chosen or another ceremony begins. Never throws. */
export async function offerPasskeys(options: RequestOptions): Promise<Ceremony<ShownPasskey>> {
  const ceremonies = await load();
  return ceremonies?.show(options, true) ?? { refusal: 'not-loaded' };
}

/** Ends the ceremony that is under way, if one is. */
export function stopPasskeys(): void {
  void loaded?.then((ceremonies) => ceremonies?.stop());
}

let loaded: Promise<Ceremonies | null> | null = null;
let failures = 0;

/** The file, loaded once; null when it cannot be had: the next call tries again. */
export function load(): Promise<Ceremonies | null> {
  loaded ??= fetchCeremonies();
  return loaded;
}

async function fetchCeremonies(): Promise<Ceremonies | null> {
  // Browsers remember that a module could not be had: another try needs another address.
  const address = failures === 0 ? PASSKEYS_ADDRESS : `${PASSKEYS_ADDRESS}&${failures}`;
  try {
    return (await import(/* @vite-ignore */ address)) as Ceremonies;
  } catch {
    failures += 1;
    loaded = null;
    return null;
  }
}
