import { characters } from '../common/characters.js';

/** Why a value cannot be taken, in words, after the name of its column. Never holds the value: it may be a secret. */
export class CellFault {
  constructor(readonly why: string) {}
}

/** One kind of value: how it is read from both formats, and how it is written. Instants in ms since 1970. */
export interface Cell<Value> {
  /** What it takes, in words. */
  readonly takes: string;
  /** @param text what a cell of CSV holds; never empty. @param now what `true` stands for, where it stands for an instant. */
  fromText(text: string, now: number): Value | CellFault;
  /** @param json what a field of JSON holds; never null. */
  fromJson(json: unknown, now: number): Value | CellFault;
  /** Empty where nothing is to be written. */
  toText(value: Value): string;
  /** Null where nothing is to be written. */
  toJson(value: Value): unknown;
}

/** PostgreSQL has no NUL in a text, and half of a surrogate pair is no character. */
const UNWRITABLE = /[\0\p{Cs}]/u;
const CONTROL = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const MOST_ITEMS = 1_000;

/** What is wrong with a text, in words; null when nothing is. */
export type Check = (text: string) => string | null;

/** Any text of at most `most` characters. */
export const anyText =
  (most: number): Check =>
  (text) => {
    if (text.length > most && characters(text) > most) return `has over ${most} characters`;
    return UNWRITABLE.test(text) ? 'holds what is no character' : null;
  };

/** A text in one line. */
export const oneLine =
  (most: number): Check =>
  (text) =>
    anyText(most)(text) ?? (CONTROL.test(text) ? 'holds control characters' : null);

/** A text of a shape. */
export const shaped =
  (shape: RegExp, why: string): Check =>
  (text) =>
    shape.test(text) ? null : why;

/** Text that passes a check. */
export function text(takes: string, check: Check): Cell<string> & Cell<string | null> {
  return spelt(takes, (value) => {
    const why = check(value);
    return why === null ? value : new CellFault(why);
  });
}

/** Text that is kept in one spelling. */
export function spelt(
  takes: string,
  spell: (text: string) => string | CellFault,
): Cell<string> & Cell<string | null> {
  return {
    takes,
    fromText: spell,
    fromJson: (json) => (typeof json === 'string' ? spell(json) : new CellFault('must be text, in quotes')),
    toText: (value: string | null) => value ?? '',
    toJson: (value: string | null) => value || null,
  };
}

/** One of a list of words. */
export function word<Word extends string>(words: readonly Word[]): Cell<Word> {
  const fault = new CellFault(`must be one of ${words.join(', ')}`);
  const read = (value: unknown) => words.find((known) => known === value) ?? fault;
  return {
    takes: words.map((one) => `\`${one}\``).join(', '),
    fromText: read,
    fromJson: read,
    toText: (value) => value,
    toJson: (value) => value,
  };
}

const NO_FLAG = new CellFault('must be true or false');

/** Yes or no. */
export const flag: Cell<boolean> = {
  takes: '`true`, `false`',
  fromText: (value) => (value === 'true' ? true : value === 'false' ? false : NO_FLAG),
  fromJson: (json) => (typeof json === 'boolean' ? json : NO_FLAG),
  toText: String,
  toJson: (value) => value,
};

const INSTANT = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;
const NO_INSTANT = new CellFault('must be an instant with its offset, such as 2026-01-31T12:30:00Z');
const LATE = new CellFault('lies in the future');
/** The clocks of two machines may differ. */
const LEEWAY = 86_400_000;

function readInstant(value: unknown, now: number): number | CellFault {
  const [, day] = typeof value === 'string' ? (INSTANT.exec(value) ?? []) : [];
  if (typeof value !== 'string' || day === undefined) return NO_INSTANT;
  const at = Date.parse(value);
  // A day that there is not, such as the 30th of February, is read as one of the next month.
  if (!(at >= 0) || !isRealDay(day)) return NO_INSTANT;
  return at > now + LEEWAY ? LATE : at;
}

function isRealDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date)).getUTCDate() === date;
}

const writeInstant = (value: number | null) => (value === null ? '' : new Date(value).toISOString());

/** A time since 1970 and not in the future. */
export const instant: Cell<number> & Cell<number | null> = {
  takes: 'instant (`2026-01-31T12:30:00Z`)',
  fromText: readInstant,
  fromJson: readInstant,
  toText: writeInstant,
  toJson: (value: number | null) => writeInstant(value) || null,
};

const NO_INSTANT_OR_FLAG = new CellFault('must be true, false or an instant with its offset');

/** Since when something holds; `true` is from now on, `false` not at all. */
export const instantOrFlag: Cell<number | null> = {
  takes: 'instant, `true` (now), `false`',
  fromText: (value, now) => {
    if (value === 'true') return now;
    if (value === 'false') return null;
    const at = readInstant(value, now);
    return at === NO_INSTANT ? NO_INSTANT_OR_FLAG : at;
  },
  fromJson: (json, now) => {
    if (typeof json === 'boolean') return json ? now : null;
    return typeof json === 'string' ? instantOrFlag.fromText(json, now) : NO_INSTANT_OR_FLAG;
  },
  toText: (value) => (value === null ? 'false' : writeInstant(value)),
  toJson: (value) => (value === null ? false : writeInstant(value)),
};

const NO_LIST = new CellFault('must be a list of texts');

/** Several texts in order. In CSV with `;` between them or, where one of them holds a `;`, as JSON. */
export function list(takes: string, check: Check): Cell<readonly string[]> {
  const readItems = (items: unknown): readonly string[] | CellFault => {
    if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) return NO_LIST;
    if (items.length > MOST_ITEMS) return new CellFault(`has over ${MOST_ITEMS} items`);
    const why = items.map(check).find((one) => one !== null);
    return why ? new CellFault(`has an item that ${why}`) : items;
  };
  return {
    takes,
    fromText: (value) => readItems(value.startsWith('[') ? parsed(value) : value.split(';')),
    fromJson: readItems,
    toText: (items) =>
      items.some((item) => item.includes(';')) || items[0]?.startsWith('[') || items[0] === ''
        ? JSON.stringify(items)
        : items.join(';'),
    toJson: (items) => (items.length === 0 ? null : items),
  };
}

function parsed(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
