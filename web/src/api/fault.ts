import { inWords, text, type TextName } from '../texts/texts.js';
import type { Answer } from './request.js';

/** Why something did not work, in words, and whether it may have been done all the same. */
export interface Fault {
  readonly words: string;
  readonly isUnsure: boolean;
}

/** A refusal that the page has a sentence for. */
export const fault = (name: TextName): Fault => ({ words: text(name), isUnsure: false });

/** What is refused in any session that is over, or was opened too long ago. */
const OF_A_SESSION: Readonly<Record<string, TextName>> = {
  'reauthentication-required': 'notConfirmed',
  'credential-missing': 'sessionEnded',
  'credential-unknown': 'sessionEnded',
  'credential-expired': 'sessionEnded',
  'owner-blocked': 'userBlocked',
};

/**
 * What an answer that is no success means. `sentences` has what this page says to a code of the server;
 * silence, limits and failures read alike everywhere.
 */
export function faultOf(answer: Answer | null, sentences: Readonly<Record<string, TextName>>): Fault {
  if (answer === null) return { words: text('network'), isUnsure: true };
  const { status, body, retryAfter } = answer;
  if (status === 429) return { words: text('tooMany', { time: inWords(retryAfter) }), isUnsure: false };
  if (status === 503) return { words: text('busy', { time: inWords(retryAfter) }), isUnsure: false };
  if (status >= 500) return { words: text('failed'), isUnsure: true };
  const code = body.code ?? body._errors?.[0] ?? '';
  const name = sentences[code] ?? OF_A_SESSION[code];
  return fault(name ?? 'invalid');
}
