import { LEVELS } from '../api/vocabulary.js';

const choicesOf = (family: string, ids: readonly string[]) =>
  ids.map((id) => ({ id, name: `${family}.${id}` }));

export const LEVEL_CHOICES = choicesOf('level', LEVELS);
export const TYPE_CHOICES = choicesOf('userType', ['customer', 'seller', 'admin']);
export const STATE_CHOICES = choicesOf('state', ['active', 'blocked', 'new']);

/** The languages that mails are written in go by their own names in every language. */
export const LANGUAGE_CHOICES = [
  { id: 'en', name: 'English' },
  { id: 'fr', name: 'Français' },
  { id: 'pl', name: 'Polski' },
];
