import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Config } from '../config/config.js';
import { Passwords } from '../passwords/passwords.service.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { SelfRegistrationClosed } from './accounts.errors.js';
import { AlreadyRegisteredNotice } from './already-registered-notice.service.js';
import { CheckFields } from './check-fields.service.js';
import { InvalidFields, refuseFaults, type ReadDraft } from './field-faults.js';
import { LONGEST_DISPLAY_NAME } from './personal-account.js';
import { FirstSession, type RegisteredInBrowser } from './first-session.service.js';

/** Who registers in a browser; null is what he left out. */
export interface BrowserRegistration extends ReadDraft {
  readonly surface: string;
  readonly email: string | null;
  readonly password: string | null;
  /** The name of his account. */
  readonly name: string | null;
  /** The session cookie that came with the request: it ends. */
  readonly previousCookie: string | null;
  readonly locale: string;
}

/** Registration in a browser, which gets its session at once. */
@Injectable()
export class RegisterWithCookie {
  constructor(
    private readonly config: Config,
    private readonly fields: CheckFields,
    private readonly passwords: Passwords,
    private readonly firstSession: FirstSession,
    private readonly alreadyRegistered: AlreadyRegisteredNotice,
  ) {}

  /**
   * Makes an active customer as `FirstSession` does. The owner of an address that is taken is told by mail.
   * @throws SelfRegistrationClosed, InvalidFields with every fault at once and nothing made; Overloaded
   * Spec: 002 reference note 1.2; contract 4.3.
   */
  async register(actor: Actor, registration: BrowserRegistration): Promise<RegisteredInBrowser> {
    if (!this.config.registration.selfRegister) throw new SelfRegistrationClosed();
    const { email, password, name, locale } = registration;
    const faults = [
      ...(await this.fields.newEmail(email)).map((fault) => ({ ...fault, field: 'username' })),
      ...(await this.fields.password('password', password, email, true)),
      // It is his display name too, until he gives another.
      ...this.fields.name('name', name, true, LONGEST_DISPLAY_NAME),
    ];
    const isTaken = faults.some(({ field, code }) => field === 'username' && code === 'taken');
    if (isTaken) await this.alreadyRegistered.send(normaliseIdentifier(email ?? ''), locale);
    refuseFaults(registration, faults);
    const passwordHash = await this.passwords.hash(password ?? '', actor.signal);
    const { surface, previousCookie } = registration;
    const person = { surface, name, previousCookie, locale, passwordHash, isEmailConfirmed: false };
    try {
      return await this.firstSession.open(actor, { ...person, email: normaliseIdentifier(email ?? '') });
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
      throw new InvalidFields([{ field: 'username', code: 'taken' }], { cause: error });
    }
  }
}
