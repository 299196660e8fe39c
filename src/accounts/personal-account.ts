import { NotFound } from '../common/errors.js';
import type { ReadDraft } from './field-faults.js';

/** The images that an account may show. */
export const IMAGE_FIELDS = ['avatar', 'profileCover'] as const;
export type ImageField = (typeof IMAGE_FIELDS)[number];

/** By field the name of its media; null for none. */
export type AccountImages = Readonly<Record<ImageField, string | null>>;

/** In characters: the texts that are shown of an account. */
export const LONGEST_DISPLAY_NAME = 100;
export const LONGEST_DESCRIPTION = 1_000;

/** In bytes: an image as it is sent. */
export const LONGEST_IMAGE = 5 * 1024 * 1024;

/** The account that every user has. Its decimal id is also his own at document 002. */
export interface PersonalAccount {
  readonly id: number;
  readonly ownerId: string;
  readonly name: string;
  readonly displayName: string;
  /** Empty for none. */
  readonly description: string;
  readonly images: AccountImages;
}

/** Its id, which is a decimal number; nothing else is anybody's. @throws NotFound */
export function accountIdOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFound();
  return Number(text);
}

/** What its owner changes; what is left out stays. An image is what he sent; null takes it away. */
export interface AccountEdit extends ReadDraft {
  readonly displayName?: string;
  readonly description?: string;
  readonly images?: Readonly<Partial<Record<ImageField, Buffer | null>>>;
}

/** What is to be written; what is left out stays. */
export interface AccountChange {
  readonly displayName?: string;
  readonly description?: string;
  readonly images: Partial<AccountImages>;
}
