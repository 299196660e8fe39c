import { randomBytes } from 'node:crypto';

/** What an image is kept as, by the ending of its name. */
export const MEDIA_TYPES = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' } as const;

export type MediaEnding = keyof typeof MEDIA_TYPES;

const NAME = /^[0-9a-f]{64}\.(png|jpg|webp)$/;

/** A name that nobody can guess and that was never given before. */
export function newMediaName(ending: MediaEnding): string {
  return `${randomBytes(32).toString('hex')}.${ending}`;
}

/** The type of what has this name; null for a text that is none of our names and must never become a path. */
export function mediaTypeOf(name: string): string | null {
  const ending = NAME.exec(name)?.[1] as MediaEnding | undefined;
  return ending ? MEDIA_TYPES[ending] : null;
}
