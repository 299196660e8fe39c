import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { isAtLeast } from '../common/levels.js';
import { Config } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import {
  AlreadyRegistered,
  EmailFormatNotAllowed,
  EmailNotAllowed,
  PasswordNeeded,
  PasswordsDiffer,
  SelfRegistrationClosed,
} from './accounts.errors.js';
import { AlreadyRegisteredNotice } from './already-registered-notice.service.js';
import { CreateUser } from './create-user.service.js';
import { RegistrationMail, type RegistrationFormats } from './registration-mail.js';

/** What somebody registers with; null is what he left out. */
export interface Registration {
  readonly surface: string;
  readonly email: string;
  readonly password: string | null;
  readonly passwordRepeated: string | null;
  readonly urlFormat: string | null;
  readonly emailFormat: string | null;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly locale: string;
}

/** The new user, and his first token unless he must confirm his address before. */
export interface Registered {
  readonly user: UserRecord;
  readonly token: string | null;
}

/** Registration by oneself, with a password or with a mailed link to set one. */
@Injectable()
export class Register {
  constructor(
    private readonly config: Config,
    private readonly policy: PasswordPolicy,
    private readonly passwords: Passwords,
    private readonly createUser: CreateUser,
    private readonly mail: RegistrationMail,
    private readonly sessions: Sessions,
    private readonly alreadyRegistered: AlreadyRegisteredNotice,
    private readonly users: UsersRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes an active customer with his personal account, his mail and his first session, all in one
   * unit of work. Of parallel registrations of one address exactly one succeeds.
   * @throws in this order: SelfRegistrationClosed · without passwords: PasswordNeeded,
   *   EmailFormatNotAllowed, UrlFormatInvalid, EmailFormatInvalid · with: PasswordsDiffer,
   *   PasswordUnacceptable, then the formats · EmailNotAllowed · AlreadyRegistered (its owner is mailed)
   * Spec: 004 "Register"; contract 4.5.
   */
  async register(actor: Actor, registration: Registration): Promise<Registered> {
    const email = normaliseIdentifier(registration.email);
    const formats = await this.check(actor, registration, email);
    const hash =
      registration.password === null ? null : await this.passwords.hash(registration.password, actor.signal);
    try {
      return await this.write(actor, registration, email, hash, formats);
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
      await this.alreadyRegistered.send(email, registration.locale);
      throw new AlreadyRegistered({}, { cause: error });
    }
  }

  private async check(actor: Actor, registration: Registration, email: string): Promise<RegistrationFormats> {
    if (actor.principal === null && !this.config.registration.selfRegister)
      throw new SelfRegistrationClosed();
    const { password, passwordRepeated } = registration;
    if (password === null && passwordRepeated === null) {
      if (!this.config.registration.withoutPassword) throw new PasswordNeeded();
    } else {
      if (password === null || password !== passwordRepeated) throw new PasswordsDiffer();
      (await this.policy.inForce()).assertAcceptable(password, { email });
    }
    if (registration.emailFormat !== null && !mayWriteMails(actor)) {
      throw new EmailFormatNotAllowed(actor.principal === null);
    }
    const formats = this.mail.formats(registration.urlFormat, registration.emailFormat);
    if (!this.config.registration.emailFilter.test(email)) throw new EmailNotAllowed();
    return formats;
  }

  private write(
    actor: Actor,
    registration: Registration,
    email: string,
    hash: string | null,
    formats: RegistrationFormats,
  ): Promise<Registered> {
    const { confirmEmail } = this.config.registration;
    const { firstName, lastName, locale, surface } = registration;
    return this.unitOfWork.run(async (tx) => {
      const userId = await this.createUser.create(tx, actor, {
        type: 'customer',
        level: 'member',
        email,
        firstName,
        lastName,
        locale,
        passwordHash: hash,
      });
      const recipient = { userId, email, epoch: 0, locale };
      if (hash === null) await this.mail.setPassword(tx, recipient, formats);
      else if (confirmEmail) await this.mail.confirmation(tx, recipient);
      const session = confirmEmail
        ? null
        : await this.sessions.open(tx, actor, { userId, epoch: 0, surface, description: 'Registration' });
      const user = await this.users.findById(tx, userId);
      if (!user) throw new Error('The user just made is not there');
      return { user, token: session?.token ?? null };
    });
  }
}

function mayWriteMails(actor: Actor): boolean {
  return actor.principal?.kind === 'user' && isAtLeast(actor.principal.level, 'manager');
}
