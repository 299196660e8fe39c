import type { ReadDraft } from './field-faults.js';

/** The images that an account may show. */
export const IMAGE_FIELDS = ['avatar', 'profile_cover'] as const;
export type ImageField = (typeof IMAGE_FIELDS)[number];

/** By field the name of its media; null for none. */
export type AccountImages = Readonly<Record<ImageField, string | null>>;

/** In characters: what is shown of an account beside its id. */
export const LONGEST_DISPLAY_NAME = 100;

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
