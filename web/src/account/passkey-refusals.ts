import type { PasskeyRefusal } from '../passkeys/ceremony.js';
import type { TextName } from '../texts/texts.js';

/** What is said when the browser has no passkey to show, or to make. */
export const PASSKEY_REFUSALS = {
  cancelled: 'passkeyCancelled',
  'already-there': 'passkeyThere',
  'not-possible': 'passkeyNotPossible',
  'not-loaded': 'network',
} as const satisfies Record<PasskeyRefusal, TextName>;
