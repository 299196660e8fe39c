import { Injectable } from '@nestjs/common';
import { grantedScopes } from '../clients/scopes.js';
import type { Client } from '../clients/client.js';
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
import { ClientUnknown } from '../clients/clients.errors.js';
import { SelfRegistrationClosed } from './accounts.errors.js';
import { AlreadyRegisteredNotice } from './already-registered-notice.service.js';
import { CheckFields } from './check-fields.service.js';
import { CreateUser } from './create-user.service.js';
import { InvalidFields, refuseFaults, type FieldFault } from './field-faults.js';
import { RegistrationMail } from './registration-mail.js';

/** Who registers at which client; null is what he left out. */
export interface ClientRegistration {
  readonly surface: string;
  readonly client: Client;
  readonly email: string | null;
  readonly password: string | null;
  readonly scope: readonly string[];
  readonly hasAcceptedTerms: boolean;
  readonly locale: string;
}

/** The new user with his first token; `expiresAt` in ms since 1970. */
export interface RegisteredAtClient {
  readonly user: UserRecord;
  readonly token: string;
  readonly scope: readonly string[];
  readonly expiresAt: number;
}

/** Registration through an OAuth client. */
@Injectable()
export class RegisterAtClient {
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
   * Makes an active customer with his account, the mail that confirms his address, and his first
   * token, all in one unit of work. The owner of an address that is taken is told by mail.
   * @throws SelfRegistrationClosed, InvalidFields with nothing changed; ClientUnknown when the client
   *   was disabled meanwhile; Overloaded
   * Spec: 000 "Creating a user"; contract 4.1.
   */
  async register(actor: Actor, registration: ClientRegistration): Promise<RegisteredAtClient> {
    if (!this.config.registration.selfRegister) throw new SelfRegistrationClosed();
    const { password } = registration;
    await this.refuse(registration, await this.faultsOf(registration));
    const passwordHash = await this.passwords.hash(password ?? '', actor.signal);
    try {
      return await this.write(actor, registration, passwordHash);
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
      throw new InvalidFields([{ field: 'email', code: 'taken' }], { cause: error });
    }
  }

  private async faultsOf({ email, password, hasAcceptedTerms }: ClientRegistration): Promise<FieldFault[]> {
    const ofEmail = await this.fields.newEmail(email);
    const terms: FieldFault[] = hasAcceptedTerms ? [] : [{ field: 'has_accepted_terms', code: 'blank' }];
    return [...ofEmail, ...(await this.fields.password('password', password, email, true)), ...terms];
  }

  private async refuse({ email, locale }: ClientRegistration, faults: readonly FieldFault[]): Promise<void> {
    const isTaken = faults.some(({ field, code }) => field === 'email' && code === 'taken');
    if (isTaken) await this.alreadyRegistered.send(normaliseIdentifier(email ?? ''), locale);
    refuseFaults({}, faults);
  }

  private write(
    actor: Actor,
    { surface, client, email: typed, scope: requested, locale }: ClientRegistration,
    passwordHash: string,
  ): Promise<RegisteredAtClient> {
    const email = normaliseIdentifier(typed ?? '');
    const token = this.tokens.opaqueAccess();
    return this.unitOfWork.run(async (tx) => {
      const userId = await this.createUser.create(tx, actor, {
        type: 'customer',
        level: 'member',
        email,
        passwordHash,
        hasAcceptedTerms: true,
      });
      await this.mail.confirmation(tx, { userId, email, epoch: 0, locale });
      const scope = [...requested, ...grantedScopes('member')];
      const session = { userId, epoch: 0, surface, client, scope, description: 'Registration' };
      const opened = await this.sessions.open(tx, actor, session, token);
      const user = await this.users.findById(tx, userId);
      if (!opened || !user) throw new ClientUnknown();
      return { user, token: opened.token, scope, expiresAt: token.expiresAt };
    });
  }
}
