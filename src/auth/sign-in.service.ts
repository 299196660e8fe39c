import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { driveStrategy } from '../common/security/drive-strategy.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { FactorDemand } from '../factors/factor-demand.js';
import type { NewlyTrusted } from '../factors/trusted-device.js';
import { TrustedDevices } from '../factors/trusted-devices.service.js';
import { SessionTokens, type SessionToken } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { EntryConditions } from './entry-conditions.service.js';
import { PasswordStrategy, type PasswordAttempt } from './password.strategy.js';
import { PendingSignIns } from './pending-sign-ins.service.js';
import { RefusedSignIns } from './refused-sign-ins.service.js';
import { SecondStep, type Passage } from './second-step.service.js';
import type { SignedIn, SignInRequest } from './sign-in.js';
import type { VerifiedUser } from './verify-password.service.js';

/** A sign-in that may go on. */
interface Entry {
  readonly user: UserRecord;
  readonly passage: Passage;
  readonly request: SignInRequest;
  readonly token: SessionToken;
}

type Opened = Omit<SignedIn, 'user' | 'trusted'>;

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
    private readonly secondStep: SecondStep,
    private readonly pendingSignIns: PendingSignIns,
    private readonly devices: TrustedDevices,
    private readonly refused: RefusedSignIns,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Opens a session, and replaces a hash that is weaker than today's parameters. Only who gives the
   * right password learns of a state. Who has a second factor and does not show it gets no session, at
   * most a temporary token that waits for it; a code that is mailed for it is written in the same unit.
   * A password changed, or a user blocked, while this runs leaves no session behind.
   * @throws WrongCredentials, UserBlocked, EmailNotConfirmed, PasswordExpired, SecondFactorRequired,
   *   WrongFactorCode, PendingSignInUnknown, PendingSignInExpired, RateLimited, Overloaded
   * Spec: contract 3.3, 3.4, 3.12.
   */
  signIn(actor: Actor, request: SignInRequest): Promise<SignedIn> {
    return this.refused.counted(this.attempt(actor, request));
  }

  private async attempt(actor: Actor, request: SignInRequest): Promise<SignedIn> {
    const attempt: PasswordAttempt = {
      body: { identifier: request.identifier, password: request.password },
      actor,
      types: request.types ?? null,
    };
    const verified = await driveStrategy<VerifiedUser>(this.strategy, attempt, () => new WrongCredentials());
    if (!verified) throw new WrongCredentials();
    await this.entry.assertMayEnter(actor, verified.user);
    const passage = await this.secondStep.passageOf(actor, verified.user, request);
    const rehashed = verified.isOutdated ? await this.passwords.hash(request.password, actor.signal) : null;
    const token = await this.tokenFor(verified.user, passage, request);
    const entry = { user: verified.user, passage, request, token };
    const opened = await this.unitOfWork.run(async (tx) => {
      const opened = passage.awaits
        ? await this.openPending(tx, actor, passage.awaits, entry)
        : await this.openSession(tx, actor, entry);
      const { id, passwordHash } = entry.user;
      if (rehashed && passwordHash) await this.users.replaceHash(tx, id, passwordHash, rehashed);
      // After the user's own row, as wherever both are locked.
      await this.secondStep.settle(tx, actor, passage);
      return { ...opened, trusted: await this.trust(tx, actor, entry) };
    });
    return { user: verified.user, ...opened };
  }

  private async tokenFor(
    user: UserRecord,
    { awaits }: Passage,
    request: SignInRequest,
  ): Promise<SessionToken> {
    const { surface, claimsOf, isRefreshable, client, cookie } = request;
    if (awaits) return this.tokens.pending(cookie ? 'cookie' : 'access');
    if (cookie) return this.tokens.cookie();
    if (claimsOf) {
      return this.tokens.jwt({ userId: user.id, surface, claims: await claimsOf(user), isRefreshable });
    }
    return client ? this.tokens.opaqueAccess() : this.tokens.opaque();
  }

  private async openSession(tx: Tx, actor: Actor, { user, request, token }: Entry): Promise<Opened> {
    const { surface, client, scopeOf, cookie } = request;
    const session = {
      userId: user.id,
      epoch: user.grantEpoch,
      surface,
      client,
      scope: scopeOf?.(user),
      description: 'Login',
    };
    const opened = await this.sessions.open(tx, actor, session, token);
    if (!opened) throw new WrongCredentials();
    if (cookie?.previous) {
      await this.sessions.endByCookie(tx, actor, cookie.previous, 'signed-in-anew', opened.grantId);
    }
    return { ...opened, expiresAt: token.expiresAt, awaits: null };
  }

  /** Trusts the browser that asks for it, in the unit in which a right code of its user's is used up. */
  private trust(
    tx: Tx,
    actor: Actor,
    { user, passage, request: { browser } }: Entry,
  ): Promise<NewlyTrusted> | null {
    if (!browser?.wantsTrust || !passage.proof) return null;
    const device = { userId: user.id, epoch: user.grantEpoch, previous: browser.trusted };
    return this.devices.trust(tx, actor, device);
  }

  private async openPending(
    tx: Tx,
    actor: Actor,
    awaits: FactorDemand,
    { user, passage, request, token }: Entry,
  ): Promise<Opened> {
    const { surface, locale = null, browser } = request;
    const waiting = { user, demand: awaits, surface, locale, previous: passage.pending };
    const opened = await this.pendingSignIns.open(tx, actor, waiting, token);
    if (!opened) throw new WrongCredentials();
    const kept = {
      grantId: passage.pending?.grantId ?? '',
      token: browser?.pending ?? '',
      refreshToken: null,
    };
    return { ...(opened === 'kept' ? kept : opened), expiresAt: token.expiresAt, awaits };
  }
}
