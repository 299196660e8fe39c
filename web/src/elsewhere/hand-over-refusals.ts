import type { TextName } from '../texts/texts.js';
import type { HandOverRefusal } from './hand-over.js';

/** What is said when signing in elsewhere came to nothing. */
export const HAND_OVER_REFUSALS = {
  blocked: 'elsewhereBlocked',
  closed: 'elsewhereClosed',
  denied: 'elsewhereDenied',
  failed: 'elsewhereFailed',
} as const satisfies Record<HandOverRefusal, TextName>;
