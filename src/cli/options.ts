import { CommandFault } from './command-fault.js';

/** Every option of every command; which one a command takes is for it to say. */
export const OPTIONS = {
  plan: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  email: { type: 'string' },
  username: { type: 'string' },
  type: { type: 'string' },
  level: { type: 'string' },
  'first-name': { type: 'string' },
  'last-name': { type: 'string' },
  name: { type: 'string' },
  'expires-in-days': { type: 'string' },
  network: { type: 'string', multiple: true },
  format: { type: 'string' },
  source: { type: 'string' },
  'dry-run': { type: 'boolean' },
  strict: { type: 'boolean' },
  again: { type: 'boolean' },
  errors: { type: 'string' },
} as const;

type OptionName = keyof typeof OPTIONS;

/** The options that were given. */
export type Options = {
  readonly [Name in OptionName]?: (typeof OPTIONS)[Name] extends { multiple: true }
    ? readonly string[]
    : (typeof OPTIONS)[Name] extends { type: 'boolean' }
      ? boolean
      : string;
};

/** One of a list of words, or undefined where the option was not given. @throws CommandFault */
export function oneOf<Word extends string>(
  words: readonly Word[],
  option: OptionName,
  value: string | undefined,
): Word | undefined {
  if (value === undefined) return undefined;
  const word = words.find((known) => known === value);
  if (!word) throw new CommandFault(`--${option} is one of ${words.join(', ')}`, 2);
  return word;
}

/** A whole number of at least 1, or undefined where the option was not given. @throws CommandFault */
export function positive(option: OptionName, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new CommandFault(`--${option} is a whole number of at least 1`, 2);
  return Number(value);
}
