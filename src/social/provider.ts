import type { Tx } from '../database/db.js';

/** Somebody as a provider knows him. `subject` is his for ever at `issuer`; everything else may change. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** What the provider calls him, cleaned and bounded; null when it does not say. */
  readonly label: string | null;
  /** An address that the provider vouches for, normalised; null when it vouches for none. */
  readonly email: string | null;
}

/** A browser about to leave for a provider. */
export interface Departure {
  readonly location: string;
  /** What comes back with the browser, by which its attempt is found again. */
  readonly key: string;
  /** What must be known then and nobody may see. */
  readonly secret: string;
}

/** An attempt that has come back. */
export interface Returning {
  readonly key: string;
  readonly secret: string;
  readonly callbackUrl: string;
  readonly query: URLSearchParams;
}

/** What a browser that has come back may show as proof of who its user is, to sign in or to link. */
export interface Proof {
  readonly token: string;
  readonly label: string | null;
}

/** Somewhere people have an account already. Every call to it is bounded in time and size. */
export interface Provider {
  /** Lower-case letters and digits: what callers name it by. */
  readonly name: string;

  /** @throws ProviderUnavailable */
  begin(callbackUrl: string): Promise<Departure>;

  /** The key of the attempt that comes back with `query`; null when it names none. */
  keyOf(query: URLSearchParams): string | null;

  /** True when its user has said no. */
  isDenied(query: URLSearchParams): boolean;

  /** @throws ProofRefused, ProviderUnavailable */
  complete(returning: Returning): Promise<Proof>;

  /** False for a token that cannot be one, without asking anybody. */
  isWellFormed(token: string): boolean;

  /** Who is behind a proof. Asks the provider where the proof is its own token. @throws ProofRefused, ProviderUnavailable */
  identify(token: string): Promise<Identity>;

  /** Uses a proof up, where it is good once; answers whether it still was. */
  spend(tx: Tx, token: string): Promise<boolean>;
}

const LONGEST_LABEL = 100;

/** A provider's name for somebody without what could break a line or a layout; null when nothing is left. */
export function toLabel(name: unknown): string | null {
  if (typeof name !== 'string') return null;
  const clean = name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  return [...clean].slice(0, LONGEST_LABEL).join('') || null;
}
