import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { newId } from '../common/ids.js';
import { isWithin } from '../common/permissions.js';
import { authorityOf, type Principal, type UserPrincipal } from '../common/security/principal.js';
import type { Tx } from '../database/db.js';
import { Figures } from '../figures/figures.service.js';
import { Announcer } from '../fence/announcer.service.js';
import { grantSubject, userSubject } from '../fence/subject.js';
import { NewSignIns } from '../notices/new-sign-ins.service.js';
import { CredentialUnknown, InsufficientRights } from './grants.errors.js';
import { GrantsRepository } from './grants.repository.js';
import { GuestSessions } from './guest-sessions.service.js';
import type { CredentialFormat, CredentialUse, NewSession, OpenedSession } from './grant.js';
import { SessionTokens, type SessionToken } from './session-tokens.service.js';

/** A credential of a session, before its digest is kept. Times in ms since 1970. */
export interface NewCredential {
  readonly use: Exclude<CredentialUse, 'key'>;
  readonly format: CredentialFormat;
  readonly token: string;
  readonly expiresAt: number;
}

/** Opens and ends sessions. */
@Injectable()
export class Sessions {
  constructor(
    private readonly tokens: SessionTokens,
    private readonly repository: GrantsRepository,
    private readonly guests: GuestSessions,
    private readonly newSignIns: NewSignIns,
    private readonly announcer: Announcer,
    private readonly audit: Audit,
    private readonly figures: Figures,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives a session with `token`, an opaque one unless another was made for it, or null when the user
   * was blocked or had his sessions ended since `session.epoch` was read. Only the digest is kept. A
   * sign-in from where the user was not seen before is told to him by mail.
   */
  async open(
    tx: Tx,
    actor: Actor,
    session: NewSession,
    token: SessionToken = this.tokens.opaque(),
  ): Promise<OpenedSession | null> {
    const now = this.clock.now();
    const isOpen = await this.repository.insertIfCurrent(tx, {
      id: token.grantId,
      userId: session.userId,
      clientId: session.client?.id ?? null,
      clientEpoch: session.client?.epoch ?? null,
      surface: session.surface,
      kind: 'session',
      needs: session.needs ?? null,
      scope: [...(session.scope ?? [])],
      level: null,
      permissions: null,
      networks: null,
      epoch: session.epoch,
      createdAt: now,
      authenticatedAt: now,
      expiresAt: Math.max(token.expiresAt, token.refresh?.expiresAt ?? 0),
      idleTtl: token.idleTtl,
      lastUsedAt: now,
      revokedAt: null,
      revokeReason: null,
      address: actor.address.slice(0, 64),
      userAgent: actor.userAgent.slice(0, 256),
      description: session.description ?? '',
    });
    if (!isOpen) return null;
    await this.keep(tx, token.grantId, token);
    if (token.refresh) {
      await this.keep(tx, token.grantId, { use: 'refresh', format: 'opaque', ...token.refresh });
    }
    // A session that waits for a second factor is none yet.
    if (!session.needs) {
      const opened = { userId: session.userId, objectId: token.grantId, isProof: true };
      await this.audit.record(tx, actor, { kind: 'session.opened', ...opened });
      tx.afterCommit(() => this.countOpened(now));
      if (session.isToldOf) await this.newSignIns.noteSilently(tx, actor, session.userId);
      else await this.newSignIns.note(tx, actor, session.userId);
    }
    return { grantId: token.grantId, token: token.token, refreshToken: token.refresh?.token ?? null };
  }

  /** Keeps the digest of a further credential of a session. */
  async keep(tx: Tx, grantId: string, credential: NewCredential): Promise<void> {
    const { use, format, token, expiresAt } = credential;
    await this.repository.insertCredential(tx, {
      id: newId(),
      grantId,
      use,
      format,
      digest: digestOf(token),
      createdAt: this.clock.now(),
      expiresAt,
      consumedAt: null,
    });
  }

  /**
   * Returns while the caller's session still counts, and keeps it so until the unit ends. The first
   * statement of every write on behalf of somebody: the guard looked before, and his sessions may
   * have been ended, or he may have been lowered, meanwhile (contract 3.3). Who has no session (the
   * system) is let through; a guest writes nothing.
   * @throws CredentialUnknown, InsufficientRights
   */
  async assertLive(tx: Tx, principal: Principal | null): Promise<void> {
    if (principal?.kind === 'guest') throw new InsufficientRights();
    if (principal === null || !('grantId' in principal)) return;
    const present = await this.repository.authorityForUpdate(tx, principal.grantId);
    if (!present) throw new CredentialUnknown();
    const isLowered = principal.kind === 'user' && !isWithin(authorityOf(principal), present);
    if (isLowered) throw new InsufficientRights();
  }

  /**
   * Ends the living sessions of a user, those at `surface` if it is named, all but `keep`: refused on
   * the next request, on every node. His permanent keys stay. Answers how many there were.
   */
  async endAll(
    tx: Tx,
    actor: Actor,
    sessions: { userId: string; surface?: string; keep?: string; reason: string },
  ): Promise<number> {
    const ended = await this.repository.revokeSessions(tx, { ...sessions, now: this.clock.now() });
    if (ended === 0) return 0;
    this.announcer.announce(tx, userSubject(sessions.userId));
    await this.audit.record(tx, actor, { kind: 'sessions.ended', userId: sessions.userId });
    return ended;
  }

  /**
   * Counts a session as authenticated now, on every node, unless its user's sessions were ended, by
   * another password above all, since `epoch` was read. Answers whether it does.
   */
  async reauthenticate(tx: Tx, grantId: string, epoch: number): Promise<boolean> {
    const isDone = await this.repository.reauthenticate(tx, grantId, epoch, this.clock.now());
    if (isDone) this.announcer.announce(tx, grantSubject(grantId));
    return isDone;
  }

  /** Lets a session go on when all others of its user are ended by the step from `epoch` to the next. */
  async carryOver(tx: Tx, grantId: string, epoch: number): Promise<void> {
    await this.repository.carryOver(tx, grantId, epoch);
  }

  /**
   * Ends the session that a cookie opens, if it is alive, as `end` does. What a guest's opened, the
   * session of whoever signed in with his browser (`successorId`) opens from then on.
   */
  async endByCookie(
    tx: Tx,
    actor: Actor,
    cookie: string,
    reason: string,
    successorId: string | null = null,
  ): Promise<void> {
    const grantId = await this.repository.grantOfCookie(tx, digestOf(cookie));
    if (grantId === null) await this.guests.end(tx, cookie, successorId);
    else await this.revoke(tx, actor, grantId, reason, true);
  }

  /**
   * Gives a session another cookie: the old value is refused on the next request, on every node. Null
   * when somebody else has done so, or the session has ended, since the caller was let in.
   */
  async renewCookie(tx: Tx, { grantId, session }: UserPrincipal): Promise<string | null> {
    const { token } = this.tokens.cookie();
    if (!(await this.repository.redigestCookie(tx, session.digest, digestOf(token)))) return null;
    this.announcer.announce(tx, grantSubject(grantId));
    return token;
  }

  /** Ends one session: refused on the next request, on every node. Answers whether it was alive. */
  end(tx: Tx, actor: Actor, grantId: string, reason: string): Promise<boolean> {
    return this.revoke(tx, actor, grantId, reason, false);
  }

  /** A session is in use in the hour in which it is opened. */
  private countOpened(at: number): void {
    this.figures.note('signIns', at);
    this.figures.note('sessions', at);
  }

  /** @param isProof the session's own credential was shown for it */
  private async revoke(
    tx: Tx,
    actor: Actor,
    grantId: string,
    reason: string,
    isProof: boolean,
  ): Promise<boolean> {
    const ended = await this.repository.revoke(tx, grantId, reason, this.clock.now());
    if (ended === null) return false;
    this.announcer.announce(tx, grantSubject(grantId));
    const { userId } = ended;
    await this.audit.record(tx, actor, { kind: 'session.ended', userId, objectId: grantId, isProof });
    return true;
  }
}
