import { DAY } from '../common/clock.js';

/** What a collaborator may do with a video beside looking at it, in the order in which it is listed. */
export const VIDEO_PERMISSIONS = ['can_comment', 'can_download'] as const;
export type VideoPermission = (typeof VIDEO_PERMISSIONS)[number];

/** How long a mailed token works (contract 4.3). */
export const TOKEN_LIFE = 30 * DAY;

export const LONGEST_NAME = 150;

/** Somebody who was invited to a video. Times in ms since 1970. */
export interface Collaborator {
  readonly id: string;
  readonly videoId: number;
  readonly email: string;
  readonly name: string;
  /** In the order of `VIDEO_PERMISSIONS`. */
  readonly permissions: readonly VideoPermission[];
  /** The end of his newest token. */
  readonly expiresAt: number;
}

/** A video, as far as the caller may go with it. */
export interface SharedVideo {
  readonly id: number;
  readonly permissions: readonly VideoPermission[];
}

/** The flags that are set, in the order of `VIDEO_PERMISSIONS`. */
export function permissionsOf(flags: { canComment: boolean; canDownload: boolean }): VideoPermission[] {
  const given = { can_comment: flags.canComment, can_download: flags.canDownload };
  return VIDEO_PERMISSIONS.filter((permission) => given[permission]);
}
