import { createHash } from 'node:crypto';
import type { Collaborator, SharedVideo } from '../../collaborators/collaborator.js';

const videoHref = (id: number): string => `/api/video/${id}`;

/** A collaborator as 002 shows him to who holds his token. */
export function tokenView({ name, email, videoId, permissions }: Collaborator) {
  return { username: name, avatar_url: gravatarOf(email), video: { href: videoHref(videoId) }, permissions };
}

/** A collaborator as the owner of his video sees him. */
export function collaboratorView({ id, videoId, email, name, permissions, expiresAt }: Collaborator) {
  return {
    id,
    href: `${videoHref(videoId)}/collaborators/${id}`,
    email,
    name,
    permissions,
    expires_at: new Date(expiresAt).toISOString(),
  };
}

/** A video as far as the caller may go with it. */
export function videoView({ id, permissions }: SharedVideo) {
  return { href: videoHref(id), permissions };
}

/** The address of a picture at Gravatar, which takes SHA-256 of the lower-cased e-mail; nothing is asked from here. */
function gravatarOf(email: string): string {
  return `https://www.gravatar.com/avatar/${createHash('sha256').update(email).digest('hex')}`;
}
