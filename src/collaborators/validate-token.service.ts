import { Injectable } from '@nestjs/common';
import { RedeemSignInLink } from '../auth/redeem-sign-in-link.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { CredentialUnknown } from '../grants/grants.errors.js';
import { GuestSessions, type OpenedGuestSession } from '../grants/guest-sessions.service.js';
import { Sessions } from '../grants/sessions.service.js';
import type { Collaborator } from './collaborator.js';
import { CollaboratorRightsRepository, type SessionRight } from './collaborator-rights.repository.js';

/** A mailed token, and the browser that shows it. */
export interface ShownToken {
  readonly surface: string;
  readonly token: string;
  /** The session cookie that came with the request. */
  readonly previousCookie: string | null;
}

/** What a token was good for; without a collaborator a user is signed in. */
export interface ValidatedToken {
  /** The browser's cookie from now on; null when it keeps the one that it has. */
  readonly cookie: string | null;
  readonly collaborator: Collaborator | null;
}

/** Takes the tokens that mails hold: a collaborator's, or a sign-in link's. */
@Injectable()
export class ValidateToken {
  constructor(
    private readonly rights: CollaboratorRightsRepository,
    private readonly signInLinks: RedeemSignInLink,
    private readonly sessions: Sessions,
    private readonly guests: GuestSessions,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * A collaborator's token lets the browser's session see his video, whoever is signed in there, as
   * long as the token lives; it may be shown again. A sign-in link signs its user in, once.
   * @throws SignInLinkInvalid for every other token; CredentialUnknown when the caller's session ends meanwhile
   * Spec: 002 "Token Validation"; contract 4.3.
   */
  async validate(actor: Actor, shown: ShownToken): Promise<ValidatedToken> {
    const digest = digestOf(shown.token);
    const isCollaborators = await this.rights.findByToken(this.reader, digest, this.clock.now());
    const validated =
      isCollaborators && (await this.unitOfWork.run((tx) => this.let(tx, actor, shown, digest)));
    if (validated) return validated;
    return { cookie: await this.signInLinks.redeem(actor, shown), collaborator: null };
  }

  private async let(tx: Tx, actor: Actor, shown: ShownToken, digest: string): Promise<ValidatedToken | null> {
    const { principal } = actor;
    if (principal?.kind === 'user') await this.sessions.assertLive(tx, principal);
    const collaborator = await this.rights.findByToken(tx, digest, this.clock.now());
    if (!collaborator) return null;
    const right = { collaboratorId: collaborator.id, expiresAt: collaborator.tokenExpiresAt };
    if (await this.hasAlready(tx, actor, right)) return { cookie: null, collaborator };
    const { sessionId, cookie } = await this.freshSession(tx, actor, shown);
    await this.rights.give(tx, { sessionId, ...right });
    return { cookie, collaborator };
  }

  private hasAlready(tx: Tx, { principal }: Actor, right: Omit<SessionRight, 'sessionId'>): Promise<boolean> {
    if (principal?.kind === 'user') return this.rights.has(tx, { sessionId: principal.grantId, ...right });
    if (principal?.kind === 'guest') return this.rights.has(tx, { sessionId: principal.sessionId, ...right });
    return Promise.resolve(false);
  }

  /**
   * The caller's session under a new cookie, or a new guest's. Somebody else may have planted the cookie
   * that the browser shows: its old value never gets what the token gives.
   */
  private async freshSession(
    tx: Tx,
    actor: Actor,
    { surface, previousCookie }: ShownToken,
  ): Promise<OpenedGuestSession> {
    const { principal } = actor;
    if (principal?.kind === 'user') {
      const cookie = await this.sessions.renewCookie(tx, principal);
      if (cookie === null) throw new CredentialUnknown();
      return { sessionId: principal.grantId, cookie };
    }
    if (principal?.kind === 'guest') {
      const cookie = await this.guests.renewCookie(tx, principal);
      if (cookie !== null) return { sessionId: principal.sessionId, cookie };
    }
    // The browser holds one cookie: another door's session, which it loses by this, is not left behind.
    if (previousCookie) await this.sessions.endByCookie(tx, actor, previousCookie, 'replaced');
    return this.guests.open(tx, actor, surface);
  }
}
