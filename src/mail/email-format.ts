import { EmailFormatInvalid } from './link-format.errors.js';
import { StrictTemplate } from './strict-template.js';

/** An email_format that has been checked: fills in one person's values. */
export interface EmailFormat {
  /** The whole text part; both values stand as they are. */
  text(values: { readonly link: string; readonly email: string }): string;
}

const LONGEST = 10_000;
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
/** `{link}` between white space, or in plain punctuation: nothing can lengthen it or swallow it. */
const LINK_ALONE = /(?<![^\s:(<>])\{link\}(?=[)>.,;!]*(?:\s|$))/g;
/** What a reader's program may turn into a link: a scheme, a `//`, a backslash, or a name with a dot. */
const LINK_LIKE =
  /\/\/|\\|^(?:https?|ftps?|mailto|javascript|vbscript|data|file|tel|sms):\S|[\p{L}\p{N}-]\.\p{L}{2,}/iu;
const START_OF_SENTENCE = /^[(]+/;
const END_OF_SENTENCE = /[).,;:!?]+$/;

/**
 * Reads an email_format: literal text with `{link}` at least once, `{email}` if it likes and no other
 * brace, which names no origin but `linkOrigins`.
 * @throws EmailFormatInvalid
 * Spec: contract 3.6 and 3.8.
 */
export function parseEmailFormat(
  format: unknown,
  places: { readonly linkOrigins: readonly string[] },
): EmailFormat {
  if (typeof format !== 'string' || format.length > LONGEST || FORBIDDEN.test(format)) {
    throw new EmailFormatInvalid();
  }
  const template = StrictTemplate.parse(format, ['link', 'email']);
  if (!template?.has('link') || format.replace(LINK_ALONE, '').includes('{link}')) {
    throw new EmailFormatInvalid();
  }
  // Judged with a letter in every place, so that no value can lengthen a host name that is allowed.
  const sample = template.fill({ link: 'x', email: 'x' });
  if (sample.split(/\s+/).some((word) => namesForeignOrigin(word, places.linkOrigins))) {
    throw new EmailFormatInvalid();
  }
  return { text: (values) => template.fill(values) };
}

function namesForeignOrigin(word: string, linkOrigins: readonly string[]): boolean {
  if (!LINK_LIKE.test(word)) return false;
  const url = word.replace(START_OF_SENTENCE, '').replace(END_OF_SENTENCE, '');
  const isPlain = /^https?:\/\/[\w\-.~:/?#@!$&+=%]+$/i.test(url) && !/^https?:\/\/.*\/\//i.test(url);
  return !isPlain || !URL.canParse(url) || !linkOrigins.includes(new URL(url).origin);
}
