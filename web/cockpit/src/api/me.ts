import { ask } from './ask.js';
import { isAbove, LEVELS, type Level } from './vocabulary.js';

/** Who is signed in, and the operations of the native API that are open to him. */
export interface Me {
  readonly id: string;
  readonly level: Level;
  readonly email: string | null;
  readonly username: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly operations: ReadonlySet<string>;
}

let known: Promise<Me> | null = null;

/** Asked once, and again after `forgetMe`. @throws Problem */
export function loadMe(): Promise<Me> {
  known ??= load().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

export function forgetMe(): void {
  known = null;
}

async function load(): Promise<Me> {
  const [me, rights] = await Promise.all([
    ask<Omit<Me, 'operations'>>('GET', '/v1/me'),
    ask<{ operations: readonly string[] }>('GET', '/v1/me/rights'),
  ]);
  return { ...me.body, operations: new Set(rights.body.operations) };
}

/** The levels that `one` may give or act upon, lowest first. */
export const levelsBelow = (one: Level): Level[] => LEVELS.filter((level) => isAbove(one, level));

/** The name, or else the address, of somebody; empty of who has none. */
export function nameOf(me: Pick<Me, 'firstName' | 'lastName' | 'email' | 'username'>): string {
  return `${me.firstName} ${me.lastName}`.trim() || me.email || me.username || '';
}
