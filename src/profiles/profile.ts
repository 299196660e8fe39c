export const PROFILE_KINDS = ['artist', 'venue'] as const;
export type ProfileKind = (typeof PROFILE_KINDS)[number];

/** What a profile of each kind may tell beside its name: short texts, all optional. */
export const DETAILS: Readonly<Record<ProfileKind, readonly string[]>> = {
  artist: ['description', 'genre', 'website_url', 'phone', 'email'],
  venue: ['description', 'website_url', 'phone', 'email', 'address', 'zip_code'],
};

export const LONGEST_NAME = 150;
export const LONGEST_DETAIL = 2_000;

/** An artist or a venue. Times in ms since 1970. */
export interface Profile {
  readonly id: string;
  readonly kind: ProfileKind;
  readonly ownerId: string;
  readonly name: string;
  readonly details: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What is to be set; a detail that is null is taken away, one that is left out stays. */
export interface ProfileChange {
  readonly name?: string;
  readonly details: Readonly<Record<string, string | null>>;
}
