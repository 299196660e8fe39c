import { MalformedBody } from './http.errors.js';
import { MAX_BODY_DEPTH, MAX_BODY_VALUES, MAX_OBJECT_MEMBERS } from './limits.js';

/**
 * `__proto__` becomes a prototype when it is copied by assignment; class-transformer takes a nested
 * `constructor` for the class to build. No document has a field of either name.
 */
const FORBIDDEN_MEMBERS: ReadonlySet<string> = new Set(['__proto__', 'constructor']);

/** A NUL is text to JSON and an error to PostgreSQL; half a surrogate pair cannot be percent-encoded. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/**
 * Makes sure that a parsed body can be handled safely by code that recurses, copies members and stores
 * text: bounded depth and size, no forbidden member name, no unstorable text. Never recurses itself.
 * @returns the number of object members in the whole body.
 * @throws MalformedBody
 */
export function inspectBody(body: unknown): number {
  let members = 0;
  let values = 0;
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_BODY_DEPTH) throw new MalformedBody();
    const next: unknown[] = [];
    for (const value of level) members += inspectValue(value, next);
    values += next.length;
    if (values > MAX_BODY_VALUES) throw new MalformedBody();
    level = next;
  }
  return members;
}

function inspectValue(value: unknown, next: unknown[]): number {
  if (typeof value === 'string' && UNSTORABLE.test(value)) throw new MalformedBody();
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) {
    for (const item of value) next.push(item);
    return 0;
  }
  const entries = Object.entries(value);
  if (entries.length > MAX_OBJECT_MEMBERS) throw new MalformedBody();
  for (const [name, member] of entries) {
    if (FORBIDDEN_MEMBERS.has(name) || UNSTORABLE.test(name)) throw new MalformedBody();
    next.push(member);
  }
  return entries.length;
}
