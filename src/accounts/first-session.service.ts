import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { CreateUser } from './create-user.service.js';
import { RegistrationMail } from './registration-mail.js';

/** Somebody who registers in a browser, everything about him checked. */
export interface NewBrowserUser {
  readonly surface: string;
  /** Normalised. */
  readonly email: string;
  /** Null for who signs in elsewhere. */
  readonly passwordHash: string | null;
  readonly isEmailConfirmed: boolean;
  /** The name of his account; null for one made of his address. */
  readonly name: string | null;
  /** The session cookie that came with the request: it ends. */
  readonly previousCookie: string | null;
  readonly locale: string;
}

/** A user just made, with the cookie of his first session. */
export interface RegisteredInBrowser {
  readonly user: UserRecord;
  readonly grantId: string;
  readonly cookie: string;
}

/** How somebody who registers in a browser comes to be. */
@Injectable()
export class FirstSession {
  constructor(
    private readonly config: Config,
    private readonly createUser: CreateUser,
    private readonly mail: RegistrationMail,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly users: UsersRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes an active customer with his account and his first session, in one unit of work with what
   * `also` writes; with confirmation on, also the mail that confirms his address.
   * @throws IdentifierTaken and whatever `also` throws, with nothing made
   */
  open(
    actor: Actor,
    { surface, email, passwordHash, isEmailConfirmed, name, previousCookie, locale }: NewBrowserUser,
    also: (tx: Tx, userId: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<RegisteredInBrowser> {
    const token = this.tokens.cookie();
    return this.unitOfWork.run(async (tx) => {
      const person = { type: 'customer', level: 'member', email, passwordHash, isEmailConfirmed } as const;
      const userId = await this.createUser.create(tx, actor, person, name ?? undefined);
      if (this.config.registration.confirmEmail && !isEmailConfirmed) {
        await this.mail.confirmation(tx, { userId, email, epoch: 0, locale });
      }
      await also(tx, userId);
      const session = { userId, epoch: 0, surface, description: 'Registration' };
      const opened = await this.sessions.open(tx, actor, session, token);
      const user = await this.users.findById(tx, userId);
      if (!opened || !user) throw new Error('The user just made is not there');
      if (previousCookie) {
        await this.sessions.endByCookie(tx, actor, previousCookie, 'signed-in-anew', opened.grantId);
      }
      return { user, grantId: opened.grantId, cookie: opened.token };
    });
  }
}
