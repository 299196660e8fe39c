import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import type { UserType } from '../common/levels.js';
import { driveStrategy } from '../common/security/drive-strategy.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecondFactorRequired } from '../factors/factors.errors.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import type { FactorProof } from '../factors/totp-factor.js';
import { SessionTokens, type SessionToken } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { EntryConditions } from './entry-conditions.service.js';
import { PasswordStrategy, type PasswordAttempt } from './password.strategy.js';
import type { VerifiedUser } from './verify-password.service.js';

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
  /** Whether a sign-in without its code waits for it, in exchange for a temporary token; else it is refused. */
  readonly mayWait?: boolean;
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
  readonly needs: 'second-factor' | null;
}

/** How a sign-in goes on once the password was right. */
interface Passage {
  readonly user: UserRecord;
  /** The right code of the user's second factor, where he has one. */
  readonly proof: FactorProof | null;
  readonly needs: 'second-factor' | null;
}

/** The one sign-in: identifier and password in, a session out. */
@Injectable()
export class SignIn {
  constructor(
    private readonly strategy: PasswordStrategy,
    private readonly entry: EntryConditions,
    private readonly passwords: Passwords,
    private readonly users: UsersRepository,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens a session, and replaces a hash that is weaker than today's parameters. Only who gives the
   * right password learns of a state. Who has a second factor and does not show it gets no session, at
   * most a temporary token that waits for it. A password changed, or a user blocked, while this runs
   * leaves no session behind.
   * @throws WrongCredentials, UserBlocked, EmailNotConfirmed, PasswordExpired, SecondFactorRequired,
   *   WrongFactorCode, RateLimited, Overloaded
   * Spec: contract 3.3, 3.4, 3.12.
   */
  async signIn(actor: Actor, request: SignInRequest): Promise<SignedIn> {
    const attempt: PasswordAttempt = {
      body: { identifier: request.identifier, password: request.password },
      actor,
      types: request.types ?? null,
    };
    const verified = await driveStrategy<VerifiedUser>(this.strategy, attempt, () => new WrongCredentials());
    if (!verified) throw new WrongCredentials();
    await this.entry.assertMayEnter(actor, verified.user);
    const passage = await this.passageOf(verified.user, request);
    const rehashed = verified.isOutdated ? await this.passwords.hash(request.password, actor.signal) : null;
    const token = await this.tokenFor(passage, request);
    return this.open(actor, request, passage, token, rehashed);
  }

  private async passageOf(user: UserRecord, { otp, mayWait }: SignInRequest): Promise<Passage> {
    if (!(await this.secondFactor.isNeeded(this.reader, user.id))) return { user, proof: null, needs: null };
    if (otp) return { user, proof: await this.secondFactor.check(user.id, otp), needs: null };
    if (!mayWait) throw new SecondFactorRequired();
    return { user, proof: null, needs: 'second-factor' };
  }

  private async tokenFor({ user, needs }: Passage, request: SignInRequest): Promise<SessionToken> {
    const { surface, claimsOf, isRefreshable, client, cookie } = request;
    if (needs) return this.tokens.pending();
    if (cookie) return this.tokens.cookie();
    if (claimsOf) {
      return this.tokens.jwt({ userId: user.id, surface, claims: await claimsOf(user), isRefreshable });
    }
    return client ? this.tokens.opaqueAccess() : this.tokens.opaque();
  }

  private async open(
    actor: Actor,
    { surface, client, scopeOf, cookie }: SignInRequest,
    { user, proof, needs }: Passage,
    token: SessionToken,
    rehashed: string | null,
  ): Promise<SignedIn> {
    const opened = await this.unitOfWork.run(async (tx) => {
      const session = await this.sessions.open(
        tx,
        actor,
        {
          userId: user.id,
          epoch: user.grantEpoch,
          surface,
          client,
          scope: scopeOf?.(user),
          needs,
          description: 'Login',
        },
        token,
      );
      if (session && cookie?.previous) {
        await this.sessions.endByCookie(tx, actor, cookie.previous, 'signed-in-anew', session.grantId);
      }
      if (session && rehashed && user.passwordHash) {
        await this.users.replaceHash(tx, user.id, user.passwordHash, rehashed);
      }
      // After the user's own row, as wherever both are locked.
      if (proof) await this.secondFactor.spend(tx, actor, proof);
      return session;
    });
    if (!opened) throw new WrongCredentials();
    return { user, ...opened, expiresAt: token.expiresAt, needs };
  }
}
