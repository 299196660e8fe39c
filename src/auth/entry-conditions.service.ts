import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { isAddressIn } from '../common/networks.js';
import { Config } from '../config/config.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import type { UserRecord } from '../users/user.js';
import { EmailNotConfirmed, PasswordExpired, UserBlocked, WrongCredentials } from './auth.errors.js';

/** What must hold of a user beside his password; asked only of who has shown who he is (contract 3.4). */
@Injectable()
export class EntryConditions {
  constructor(
    private readonly config: Config,
    private readonly policy: PasswordPolicy,
    private readonly tokens: OneTimeTokens,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws WrongCredentials from an address that is not his, UserBlocked, EmailNotConfirmed, PasswordExpired (with a fresh token to set a new one), in this order */
  async assertMayEnter(actor: Actor, user: UserRecord): Promise<void> {
    this.assertMayEnterWithoutPassword(actor, user);
    if (await this.isPasswordExpired(user)) await this.demandNewPassword(user);
  }

  /** The same of who signs in without his password, whose age then does not matter. @throws WrongCredentials, UserBlocked, EmailNotConfirmed */
  assertMayEnterWithoutPassword(actor: Actor, user: UserRecord): void {
    if (!isAddressIn(user.networks, actor.address)) throw new WrongCredentials();
    if (user.state === 'blocked') throw new UserBlocked();
    const isUnconfirmed = user.email !== null && user.emailConfirmedAt === null;
    const mustConfirm = user.state === 'new' || this.config.registration.confirmEmail;
    if (mustConfirm && isUnconfirmed) throw new EmailNotConfirmed();
  }

  /**
   * The same of who shows a link that was mailed to this user's address: that confirms the address, and
   * gets nobody around a password that is too old.
   */
  async mayEnterByLink(actor: Actor, user: UserRecord): Promise<boolean> {
    if (!isAddressIn(user.networks, actor.address) || user.state === 'blocked') return false;
    return !(await this.isPasswordExpired(user));
  }

  private async isPasswordExpired(user: UserRecord): Promise<boolean> {
    const policy = await this.policy.inForce();
    return policy.isExpired(user.passwordChangedAt, this.clock.now());
  }

  private async demandNewPassword(user: UserRecord): Promise<never> {
    const changeToken = await this.unitOfWork.run((tx) =>
      this.tokens.issue(tx, {
        purpose: 'set-password',
        userId: user.id,
        address: null,
        epoch: user.grantEpoch,
        ttl: this.config.passwords.resetLinkTtl,
      }),
    );
    throw new PasswordExpired(user.email ?? '', changeToken);
  }
}
