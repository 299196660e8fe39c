import { isUtf8 } from 'node:buffer';
import { inspectBody } from './body-inspection.js';
import { MalformedBody } from './http.errors.js';

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/**
 * The value of a JSON body; an empty one is `{}`. Text is strict UTF-8 (RFC 8259 8.1) and a member
 * name stands once in its object: of two, a proxy before us might have read the other one.
 * @throws MalformedBody without the parser's own error, which quotes the body.
 */
export function readJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  if (!isUtf8(bytes)) throw new MalformedBody();
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const body = parse(text);
  if (inspectBody(body) !== countMembers(text)) throw new MalformedBody();
  return body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MalformedBody();
  }
}

/** The number of members that valid JSON spells out: its colons outside of strings. */
function countMembers(text: string): number {
  let count = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === QUOTE) isInString = !isInString;
    else if (character === BACKSLASH) index += 1;
    else if (character === COLON && !isInString) count += 1;
  }
  return count;
}
