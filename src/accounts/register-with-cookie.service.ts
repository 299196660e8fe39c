import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Config } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SessionTokens } from '../grants/session-tokens.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { SelfRegistrationClosed } from './accounts.errors.js';
import { AlreadyRegisteredNotice } from './already-registered-notice.service.js';
import { CheckFields } from './check-fields.service.js';
import { CreateUser } from './create-user.service.js';
import { InvalidFields, refuseFaults, type FieldFault, type ReadDraft } from './field-faults.js';
import { RegistrationMail } from './registration-mail.js';

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
    private readonly createUser: CreateUser,
    private readonly mail: RegistrationMail,
    private readonly alreadyRegistered: AlreadyRegisteredNotice,
    private readonly tokens: SessionTokens,
    private readonly sessions: Sessions,
    private readonly users: UsersRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes an active customer with his account and his first session, in one unit of work; with
   * confirmation on, also the mail that confirms his address. The owner of an address that is taken is
   * told by mail.
   * @throws SelfRegistrationClosed, InvalidFields with every fault at once and nothing made; Overloaded
   * Spec: 002 reference note 1.2; contract 4.3.
   */
  async register(
    actor: Actor,
    registration: BrowserRegistration,
  ): Promise<{ user: UserRecord; cookie: string }> {
    if (!this.config.registration.selfRegister) throw new SelfRegistrationClosed();
    const { email, password, name, locale } = registration;
    const faults = [
      ...(await this.faultsOfEmail(email)),
      ...this.fields.password('password', password, email, true),
      ...this.fields.name('name', name, true),
    ];
    const isTaken = faults.some(({ field, code }) => field === 'username' && code === 'taken');
    if (isTaken) await this.alreadyRegistered.send(normaliseIdentifier(email ?? ''), locale);
    refuseFaults(registration, faults);
    const passwordHash = await this.passwords.hash(password ?? '', actor.signal);
    try {
      return await this.write(actor, registration, passwordHash);
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
      throw new InvalidFields([{ field: 'username', code: 'taken' }], { cause: error });
    }
  }

  private async faultsOfEmail(email: string | null): Promise<FieldFault[]> {
    const faults = await this.fields.email(email, null);
    const isFiltered = !this.config.registration.emailFilter.test(normaliseIdentifier(email ?? ''));
    if (isFiltered && faults.length === 0) return [{ field: 'username', code: 'invalid' }];
    return faults.map((fault) => ({ ...fault, field: 'username' }));
  }

  private write(
    actor: Actor,
    { surface, email: typed, name, previousCookie, locale }: BrowserRegistration,
    passwordHash: string,
  ): Promise<{ user: UserRecord; cookie: string }> {
    const email = normaliseIdentifier(typed ?? '');
    const token = this.tokens.cookie();
    return this.unitOfWork.run(async (tx) => {
      const person = { type: 'customer', level: 'member', email, passwordHash } as const;
      const userId = await this.createUser.create(tx, person, name ?? undefined);
      if (this.config.registration.confirmEmail) {
        await this.mail.confirmation(tx, { userId, email, epoch: 0, locale });
      }
      const session = { userId, epoch: 0, surface, description: 'Registration' };
      const opened = await this.sessions.open(tx, actor, session, token);
      if (opened && previousCookie) {
        await this.sessions.endByCookie(tx, previousCookie, 'signed-in-anew', opened.grantId);
      }
      const user = await this.users.findById(tx, userId);
      if (!opened || !user) throw new Error('The user just made is not there');
      return { user, cookie: opened.token };
    });
  }
}
