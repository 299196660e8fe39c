import type { UserType } from '../common/levels.js';
import type { FactorDemand } from '../factors/factor-demand.js';
import type { NewlyTrusted } from '../factors/trusted-device.js';
import type { UserRecord } from '../users/user.js';

/** What a browser shows beside a password, and asks for. */
export interface SignInBrowser {
  /** The temporary token of the sign-in that waits in it. */
  readonly pending: string | null;
  /** The secret of a trusted device. */
  readonly trusted: string | null;
  /** Whether it is to be trusted once a second factor was shown in it. */
  readonly wantsTrust: boolean;
}

/** Who signs in at which door. */
export interface SignInRequest {
  readonly identifier: string;
  readonly password: string;
  readonly surface: string;
  /** The kinds of user that the door is open to; null is every kind. */
  readonly types?: readonly UserType[] | null;
  /** The claims of a JWT for this user, where the door gives JWTs; without it the token is opaque. */
  readonly claimsOf?: (user: UserRecord) => object | Promise<object>;
  /** The client that asks for the user, and the scope that it is to be given. */
  readonly client?: { readonly id: string; readonly epoch: number };
  readonly scopeOf?: (user: UserRecord) => readonly string[];
  /** For a door of browsers: the session is a cookie, and ends the one that came with the request. */
  readonly cookie?: { readonly previous: string | null };
  /** Whether a refresh token comes with the JWT. */
  readonly isRefreshable?: boolean;
  /** The code of a second factor, where the door takes one; means nothing for a user without. */
  readonly otp?: string | null;
  /** For which factor a sign-in waits that was not shown it, in exchange for a temporary token; for others, and by default, it is refused. */
  readonly waitsFor?: 'any-factor' | 'mailed-code';
  /** Where a door knows the browser again. */
  readonly browser?: SignInBrowser;
  /** The language of a mail to somebody who never said his. */
  readonly locale?: string;
}

export interface SignedIn {
  readonly user: UserRecord;
  readonly grantId: string;
  readonly token: string;
  /** Where the door gives one. */
  readonly refreshToken: string | null;
  /** When `token` expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** What `token` still waits for: until then it opens nothing. */
  readonly awaits: FactorDemand | null;
  /** The browser is trusted from now on, where it asked for that and showed a factor. */
  readonly trusted: NewlyTrusted | null;
}
