import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { Audit } from '../audit/audit.service.js';
import { DAY } from '../common/clock.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { Level, UserType } from '../common/levels.js';
import { Config } from '../config/config.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { isMailAddress } from '../mail/mail-address.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { CreateUser } from './create-user.service.js';
import { InvalidFields } from './field-faults.js';
import { passwordPageLink } from './password-page-link.js';

/** Somebody whom the operator makes. */
export interface HandedOverUser {
  readonly email: string;
  readonly type: UserType;
  readonly level: Level;
  readonly username: string | null;
  readonly firstName: string;
  readonly lastName: string;
}

/** Whose link it is; who opens it within a day sets the password. A secret. */
export interface HandedOverLink {
  readonly userId: string;
  readonly link: string;
}

/** Makes users and resets passwords for an operator, who hands the link over himself. */
@Injectable()
export class HandOverUser {
  constructor(
    private readonly config: Config,
    private readonly createUser: CreateUser,
    private readonly users: UsersRepository,
    private readonly tokens: OneTimeTokens,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes an active user without a password, whose address counts as confirmed. @throws InvalidFields, IdentifierTaken */
  async create(user: HandedOverUser): Promise<HandedOverLink> {
    const email = normaliseIdentifier(user.email);
    if (!isMailAddress(email)) throw new InvalidFields([{ field: 'email', code: 'invalid' }]);
    return this.unitOfWork.run(async (tx) => {
      const userId = await this.createUser.create(tx, SYSTEM_ACTOR, {
        ...user,
        email,
        isEmailConfirmed: true,
        passwordHash: null,
      });
      return this.link(tx, { userId, email, epoch: 0 });
    });
  }

  /**
   * Ends all sessions of a user and gives a link that sets his password; the old one counts until then.
   * @throws UserNotFound; InvalidFields for one who is blocked or has no address
   */
  async reset(identifier: string): Promise<HandedOverLink> {
    const user = await this.users.findByIdentifier(this.reader, identifier);
    if (!user) throw new UserNotFound();
    const { id: userId, email, grantEpoch: epoch } = user;
    if (email === null || user.state === 'blocked') {
      throw new InvalidFields([{ field: email === null ? 'email' : 'state', code: 'invalid' }]);
    }
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.endAll(tx, SYSTEM_ACTOR, { userId, reason: 'reset' });
      return this.link(tx, { userId, email, epoch });
    });
  }

  private async link(
    tx: Tx,
    { userId, email, epoch }: { userId: string; email: string; epoch: number },
  ): Promise<HandedOverLink> {
    const token = await this.tokens.issue(tx, {
      purpose: 'handed-over',
      userId,
      address: null,
      epoch,
      ttl: DAY,
    });
    await this.audit.record(tx, SYSTEM_ACTOR, { kind: 'password.link-given', userId });
    return { userId, link: passwordPageLink(this.config, token, email) };
  }
}
