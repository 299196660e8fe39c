import { en } from './en.js';
import { fr } from './fr.js';
import { pl } from './pl.js';

/** Every sentence of the pages, by its name. */
export type Texts = Readonly<Record<keyof typeof en, string>>;

/** The name of a sentence. */
export type TextName = keyof typeof en;

const LANGUAGES: Readonly<Record<string, Texts>> = { en, fr, pl };

/** What each language calls itself. */
export const LANGUAGE_NAMES = { en: 'English', fr: 'Français', pl: 'Polski' } as const;

/** The language that the server chose for the page, by `Accept-Language`. */
export const language = document.documentElement.lang;

const chosen = LANGUAGES[language] ?? en;

/** The sentence in the page's language, with its `{placeholders}` filled in. */
export function text(name: TextName, values: Readonly<Record<string, string>> = {}): string {
  return chosen[name].replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}

/** A time to wait, in words. */
export function inWords(seconds: number): string {
  const inMinutes = seconds >= 120;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: inMinutes ? 'minute' : 'second',
    unitDisplay: 'long',
  }).format(inMinutes ? Math.ceil(seconds / 60) : seconds);
}

/** A moment, as people write it. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}
