import { parse } from 'qs';
import { inspectBody } from './body-inspection.js';
import { MalformedBody } from './http.errors.js';
import { MAX_OBJECT_MEMBERS } from './limits.js';

const OPTIONS = {
  depth: 5,
  strictDepth: true,
  parameterLimit: MAX_OBJECT_MEMBERS,
  arrayLimit: 100,
  throwOnLimitExceeded: true,
  allowPrototypes: false,
  decoder: decode,
} as const;

const forms = new WeakSet<object>();

/** True for a body that came as a form: in it every value is text, `true` and `false` too. */
export function isFormBody(body: object): boolean {
  return forms.has(body);
}

/**
 * The value of a form-urlencoded body: nested bracket names become objects and lists, a name given
 * twice a list, every leaf is text. Limits: five levels, 1,000 parameters, 100 items a list.
 * @throws MalformedBody, also for raw bytes or escapes that are no UTF-8.
 */
export function readFormBody(text: string): Record<string, unknown> {
  // A decoded body holds this character only where its bytes were no UTF-8: forms are ASCII.
  if (text.includes('\uFFFD')) throw new MalformedBody();
  let body: Record<string, unknown>;
  try {
    body = parse(text, OPTIONS);
  } catch {
    throw new MalformedBody();
  }
  inspectBody(body);
  forms.add(body);
  return body;
}

/** Unlike the one of `qs`, refuses a bad escape instead of taking it as it stands. */
function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
