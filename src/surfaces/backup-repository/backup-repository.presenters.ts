import { createHash } from 'node:crypto';
import type { SignedIn } from '../../auth/sign-in.js';
import type { UserPrincipal, UserSummary } from '../../common/security/principal.js';
import type { ListedSession } from '../../grants/grant.js';
import { permissionsOf } from './permissions.js';

/** The envelope of every success of 001. */
export interface Envelope<Data> {
  readonly data: Data;
  readonly status: true;
}

export function envelope<Data>(data: Data): Envelope<Data> {
  return { data, status: true };
}

/** The name of a user as 001 shows it, and as the `login` claim holds it. */
export function loginOf(user: UserSummary): string {
  return user.username ?? user.email ?? user.id;
}

/** What a JWT of 001 says beside the common claims; times in seconds since 1970. */
export function claimsOf(user: UserSummary, now: number): object {
  return { login: loginOf(user), orig_iat: Math.floor(now / 1_000) };
}

/** 001's session id is the SHA-256 of the JWT in hex; the core keeps the same digest in base64url. */
export function sessionIdOf(digest: string): string {
  return Buffer.from(digest, 'base64url').toString('hex');
}

/** The digest behind a session id; text that is none belongs to no session. */
export function digestOfSessionId(sessionId: string): string {
  return /^[0-9a-f]{64}$/i.test(sessionId) ? Buffer.from(sessionId, 'hex').toString('base64url') : '';
}

export function loginData({ token, expiresAt }: SignedIn) {
  return {
    expire: seconds(expiresAt),
    sessionId: createHash('sha256').update(token).digest('hex'),
    token,
  };
}

export function userData(user: UserSummary) {
  return { email: user.email ?? '', permissions: [...permissionsOf(user)] };
}

export function whoamiData(principal: UserPrincipal) {
  const { session, user } = principal;
  const grantedAccess = grantedAccessOf({ ...session, updatedAt: session.createdAt, isRevoked: false }, user);
  return { ...userData(user), grantedAccess, sessionId: grantedAccess.id };
}

type Shown = Pick<
  ListedSession,
  'digest' | 'createdAt' | 'updatedAt' | 'expiresAt' | 'isRevoked' | 'address' | 'description'
>;

/** One session, with the casing of the document's example. */
export function grantedAccessOf(session: Shown, user: UserSummary | string) {
  return {
    CreatedAt: instant(session.createdAt),
    UpdatedAt: instant(session.updatedAt),
    DeletedAt: null,
    id: sessionIdOf(session.digest),
    expiresAt: instant(session.expiresAt),
    deactivated: session.isRevoked,
    description: session.description,
    requesterIP: session.address,
    user: typeof user === 'string' ? user : loginOf(user),
  };
}

/** RFC 3339, UTC. */
function instant(time: number): string {
  return new Date(time).toISOString();
}

function seconds(time: number): string {
  return `${instant(time).slice(0, 19)}Z`;
}
