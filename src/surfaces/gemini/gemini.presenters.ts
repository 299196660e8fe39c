import type { Profile } from '../../profiles/profile.js';
import type { UserRecord } from '../../users/user.js';

/** One thing that may be done. */
interface Link {
  readonly href: string;
  readonly method: string;
  readonly title: string;
}

type Links = Readonly<Record<string, Link>>;

/** The token by which something is looked at: whose it is, its scope, and whether it was given a moment ago. */
export interface Shown {
  readonly viewerId: string;
  readonly scope: readonly string[];
  readonly isRecent: boolean;
}

/** A token that was issued now; `expiresIn` in seconds. */
export interface Issued {
  readonly token: string;
  readonly scope: readonly string[];
  readonly expiresIn: number;
}

/** What this token may do about a user (reference note 1.2), of another's only look; only what works. */
export function userLinks({ id }: Pick<UserRecord, 'id'>, { viewerId, scope, isRecent }: Shown): Links {
  const all: (Link & { name: string; scope: string })[] = [
    {
      name: 'delete',
      method: 'POST',
      href: `/api/users/${id}/delete`,
      scope: 'profile',
      title: 'Delete this user account.',
    },
    {
      name: 'edit',
      method: 'PATCH',
      href: `/api/users/${id}`,
      scope: 'profile',
      title: 'Edit this user account.',
    },
    {
      name: 'new-artist',
      method: 'POST',
      href: `/api/artist/${id}/new`,
      scope: 'performer',
      title: 'Create a new performer profile for this user.',
    },
    {
      name: 'new-venue',
      method: 'POST',
      href: `/api/venue/${id}/new`,
      scope: 'venue',
      title: 'Create a new venue profile for this user.',
    },
    {
      name: 'self',
      method: 'GET',
      href: `/api/users/${id}`,
      scope: 'profile',
      title: 'User data and profile information.',
    },
  ];
  return Object.fromEntries(
    all
      .filter((link) => scope.includes(link.scope) && (viewerId === id || link.name === 'self'))
      .filter(({ name }) => isRecent || name !== 'delete')
      .map(({ name, href, method, title }) => [name, { href, method, title }]),
  );
}

/** A user as 000 shows him, with what this token may do. */
export function userView(user: UserRecord, profiles: readonly Profile[], shown: Shown) {
  const { viewerId, scope } = shown;
  const of = (kind: Profile['kind']) =>
    profiles
      .filter((profile) => profile.kind === kind)
      .map((profile) => profileView(profile, viewerId, scope));
  return {
    _links: userLinks(user, shown),
    address: user.address,
    allow_email_notifications: !user.unsubscribedFromAll,
    artists: of('artist'),
    cities: [],
    email: user.email,
    first_name: user.firstName || null,
    has_confirmed_email: user.isEmailConfirmed,
    id: user.id,
    last_name: user.lastName || null,
    locale: user.locale ?? 'en_US',
    phone: user.phone,
    selfmatches: [],
    venues: of('venue'),
    zip_code: user.zipCode,
  };
}

/** The superset of contract 4.1: RFC 6749's flat answer, and the document's `token` and `user`. */
export function tokenView(issued: Issued, user: UserRecord, profiles: readonly Profile[]) {
  const { token, scope, expiresIn } = issued;
  const view = userView(user, profiles, { viewerId: user.id, scope, isRecent: true });
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: expiresIn,
    scope: scope.join(' '),
    token: { access_token: token, expires_in: expiresIn, scope: [...scope], token_type: 'Bearer' },
    user: view,
    _links: view._links,
  };
}

/** An artist or a venue, with what this token may do about it. */
export function profileView(profile: Profile, viewerId: string, scope: readonly string[]) {
  const { id, kind, ownerId, name, details, createdAt, updatedAt } = profile;
  const href = `/api/${kind}s/${id}`;
  const mayChange = ownerId === viewerId && scope.includes(kind === 'artist' ? 'performer' : 'venue');
  const noun = kind === 'artist' ? 'performer' : 'venue';
  const own: Links = {
    delete: { href, method: 'DELETE', title: `Delete this ${noun} profile.` },
    edit: { href, method: 'PATCH', title: `Edit this ${noun} profile.` },
  };
  const look: Links = { self: { href, method: 'GET', title: `View this ${noun} profile.` } };
  return {
    _links: { ...(mayChange ? own : {}), ...(scope.includes('profile') ? look : {}) },
    ...details,
    created_at: new Date(createdAt).toISOString(),
    id,
    name,
    updated_at: new Date(updatedAt).toISOString(),
    user_id: ownerId,
  };
}
