import { createRequire } from 'node:module';

type Dictionaries = typeof import('@zxcvbn-ts/language-common');

/** What is known of the person, so that his own names are refused as his password. */
export interface PasswordContext {
  readonly email?: string | null;
  readonly username?: string | null;
}

/** No name and no common password is longer, in UTF-16 units. */
const LONGEST_FOLDED = 512;

/** Names of the product, which the first guesses at any installation contain. */
const PRODUCT_WORDS: readonly string[] = ['gatehouse'];

/**
 * True when a guesser would try `password` first: it is in the shipped list of common passwords and
 * words, or is the person's e-mail address, its local part, his user name, or the product's name.
 * Upper and lower case, and compatibility forms such as full-width letters, count as the same.
 */
export function isCommonPassword(password: string, context: PasswordContext): boolean {
  const guess = fold(password);
  return PRODUCT_WORDS.includes(guess) || ownNames(context).includes(guess) || commonPasswords().has(guess);
}

function ownNames({ email, username }: PasswordContext): string[] {
  const localPart = email?.slice(0, Math.max(0, email.lastIndexOf('@')));
  return [email, localPart, username].filter((name) => typeof name === 'string').map(fold);
}

/** Only for comparing: the password itself is never changed. Folding costs more than linear time. */
function fold(text: string): string {
  return text.slice(0, LONGEST_FOLDED).normalize('NFKC').toLowerCase();
}

let loaded: ReadonlySet<string> | undefined;

/** Unpacked on first use (about 25 ms, 57,000 lower-case entries): who does not refuse them never pays. */
function commonPasswords(): ReadonlySet<string> {
  loaded ??= loadCommonPasswords();
  return loaded;
}

function loadCommonPasswords(): ReadonlySet<string> {
  const require = createRequire(import.meta.url);
  const { dictionary } = require('@zxcvbn-ts/language-common') as Dictionaries;
  return new Set([...dictionary['passwords-common'], ...dictionary['diceware-common']]);
}
