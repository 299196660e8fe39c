import { LEVELS } from '../api/me.js';

const choicesOf = (family: string, ids: readonly string[]) =>
  ids.map((id) => ({ id, name: `${family}.${id}` }));

export const LEVEL_CHOICES = choicesOf('level', LEVELS);
export const TYPE_CHOICES = choicesOf('userType', ['customer', 'seller', 'admin']);
export const STATE_CHOICES = choicesOf('state', ['active', 'blocked', 'new']);
