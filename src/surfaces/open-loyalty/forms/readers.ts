/** What a reader answers for a value that its field cannot hold. */
export const UNREADABLE = Symbol('unreadable');

/** Reads one field of a form, JSON or form-encoded alike; what was left out is undefined. */
export type Reader<T> = (value: unknown) => T | typeof UNREADABLE;

/** Text without outer white space; empty text counts as left out. A JSON number is text too. */
export const text: Reader<string | null> = (value) => {
  const given = secret(value);
  return typeof given === 'string' ? given.trim() || null : given;
};

/** Text exactly as it was typed: passwords and tokens. */
export const secret: Reader<string | null> = (value) => {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : UNREADABLE;
};

const FALSE: ReadonlySet<string> = new Set(['', '0', 'false', 'null']);

/** A checkbox (reference note 0): left out, `0`, `false` and `null`, quoted or not, are false. */
export const checkbox: Reader<boolean> = (value) => {
  if (value === undefined || value === null || typeof value === 'boolean') return value === true;
  if (typeof value !== 'string' && typeof value !== 'number') return UNREADABLE;
  return !FALSE.has(
    String(value)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2'),
  );
};

/** A list of texts; null when it was left out. */
export const texts: Reader<readonly string[] | null> = (value) => {
  if (value === undefined || value === null || value === '') return null;
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isList ? value : UNREADABLE;
};

/** One of a few words. */
export const oneOf =
  (...words: readonly string[]): Reader<string | null> =>
  (value) => {
    const given = text(value);
    return typeof given === 'string' && !words.includes(given) ? UNREADABLE : given;
  };

/** A day as `YYYY-MM-DD`. */
export const day: Reader<string | null> = (value) => {
  const given = text(value);
  if (typeof given !== 'string') return given;
  if (!/^\d{4}-\d\d-\d\d$/.test(given)) return UNREADABLE;
  const time = Date.parse(`${given}T00:00:00Z`);
  // A day that there is not, such as 31 February, is read as another one.
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(given);
  return isDay ? given : UNREADABLE;
};

/** A group of texts such as an address, all of them optional. */
export const group: Reader<Readonly<Record<string, unknown>> | null> = (value) => {
  if (value === undefined || value === null || value === '') return null;
  const isGroup =
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((member) => text(member) !== UNREADABLE);
  return isGroup ? (value as Record<string, unknown>) : UNREADABLE;
};

/** A member of a body that may be anything; undefined where there is none. */
export function memberOf(body: unknown, name: string): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject && Object.hasOwn(body, name) ? (body as Record<string, unknown>)[name] : undefined;
}
