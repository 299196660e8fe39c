import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock, DAY } from '../common/clock.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { UserType } from '../common/levels.js';
import { Reader } from '../database/db.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { limitsAddress } from '../http/limits-address.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { SignInThrottle } from './sign-in-throttle.service.js';

/** How long an address counts as known after a sign-in from it. */
const KNOWN_FOR = 90 * DAY;

/** Somebody whose password was right, as he was before it was looked at. */
export interface VerifiedUser {
  readonly user: UserRecord;
  /** His hash is weaker than today's parameters and should be replaced. */
  readonly isOutdated: boolean;
}

/** Looks whether a name and a password belong together. */
@Injectable()
export class VerifyPassword {
  constructor(
    private readonly users: UsersRepository,
    private readonly grants: GrantsRepository,
    private readonly reader: Reader,
    private readonly passwords: Passwords,
    private readonly throttle: SignInThrottle,
    private readonly clock: Clock,
  ) {}

  /**
   * The user who has this identifier and password; his state is not looked at. An unknown name costs
   * the same hash and gives the same refusal as a wrong password.
   * @throws WrongCredentials, RateLimited, Overloaded
   */
  async verify(
    actor: Actor,
    attempt: { identifier: string; password: string; types: readonly UserType[] | null },
  ): Promise<VerifiedUser> {
    const found = await this.users.findByIdentifier(this.reader, attempt.identifier);
    const user = found && (attempt.types?.includes(found.type) ?? true) ? found : null;
    const subject = found?.id ?? normaliseIdentifier(attempt.identifier);
    const { matches, isOutdated } = await this.compare(actor, { user, found, subject }, attempt.password);
    if (user === null || !matches) throw new WrongCredentials();
    return { user, isOutdated };
  }

  /**
   * Returns when `password` is this user's; a wrong one counts as a failed sign-in.
   * @throws WrongCredentials, RateLimited, Overloaded
   */
  async verifyOf(actor: Actor, user: UserRecord, password: string): Promise<void> {
    const { matches } = await this.compare(actor, { user, found: user, subject: user.id }, password);
    if (!matches) throw new WrongCredentials();
  }

  private compare(
    actor: Actor,
    { user, found, subject }: { user: UserRecord | null; found: UserRecord | null; subject: string },
    password: string,
  ): Promise<{ matches: boolean; isOutdated: boolean }> {
    const address = limitsAddress(actor.address);
    return this.throttle.attempt(
      { address, subject, isKnownHere: () => this.isKnown(found, actor) },
      async () => {
        const check = await this.passwords.verify(user?.passwordHash ?? null, password, actor.signal);
        return { ...check, succeeded: check.matches };
      },
    );
  }

  private async isKnown(user: UserRecord | null, actor: Actor): Promise<boolean> {
    const since = this.clock.now() - KNOWN_FOR;
    return user !== null && this.grants.hasSignedInFrom(this.reader, user.id, actor.address, since);
  }
}
