import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { LEVELS, type Level } from '../common/levels.js';
import type { Tx } from '../database/db.js';
import { uniqueViolation } from '../database/faults.js';
import { Announcer } from '../fence/announcer.service.js';
import { userSubject } from '../fence/subject.js';
import type { UserFields, NewUser, ProfileChange, UserState } from './user.js';
import { IdentifierTaken } from './users.errors.js';
import { UsersRepository } from './users.repository.js';
import { ConfirmedAddresses } from './confirmed-addresses.service.js';
import { FurtherWaysIn } from './further-ways-in.service.js';

/** Makes and changes users; every change is announced, so no cached copy outlives it. */
@Injectable()
export class Users {
  constructor(
    private readonly repository: UsersRepository,
    private readonly announcer: Announcer,
    private readonly furtherWaysIn: FurtherWaysIn,
    private readonly addresses: ConfirmedAddresses,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes a user with his identifiers and answers his id.
   * @throws IdentifierTaken; on PostgreSQL the unit of work is then lost and must not go on.
   */
  async create(tx: Tx, user: NewUser): Promise<string> {
    const now = this.clock.now();
    const id = newId();
    const email = user.email === null ? null : normaliseIdentifier(user.email);
    await refuseTaken(
      this.repository.insert(tx, {
        id,
        type: user.type,
        level: user.level,
        state: user.state ?? 'active',
        email,
        username: user.username ?? null,
        phone: user.phone ?? null,
        card: user.card ?? null,
        firstName: user.firstName ?? '',
        lastName: user.lastName ?? '',
        locale: user.locale ?? null,
        emailConfirmedAt: user.isEmailConfirmed ? now : null,
        passwordHash: user.passwordHash,
        passwordChangedAt: user.passwordHash === null ? null : now,
        grantEpoch: 0,
        unsubscribedFromAll: false,
        unsubscribedFrom: [],
        roles: [...(user.roles ?? [])],
        networks: [...(user.networks ?? [])],
        roleId: user.roleId ?? null,
        address: null,
        zipCode: null,
        acceptedTermsAt: user.hasAcceptedTerms ? now : null,
        createdAt: now,
        updatedAt: now,
      }),
    );
    return id;
  }

  /** Changes what the owner may change of himself. */
  async changeProfile(tx: Tx, userId: string, change: ProfileChange): Promise<void> {
    const { unsubscribedFrom, ...fields } = change;
    await this.repository.update(tx, userId, {
      ...fields,
      ...(unsubscribedFrom ? { unsubscribedFrom: [...unsubscribedFrom] } : {}),
      updatedAt: this.clock.now(),
    });
    this.announcer.announce(tx, userSubject(userId));
  }

  /**
   * Writes the given fields, with the identifiers that follow from them.
   * @throws IdentifierTaken as `create` does.
   */
  async applyFields(tx: Tx, userId: string, change: UserFields): Promise<void> {
    const { isEmailConfirmed, state, roles, networks, ...fields } = change;
    const now = this.clock.now();
    await this.repository.update(tx, userId, {
      ...fields,
      ...(fields.email ? { email: normaliseIdentifier(fields.email) } : {}),
      ...(roles ? { roles: [...roles] } : {}),
      ...(networks ? { networks: [...networks] } : {}),
      ...(isEmailConfirmed === undefined ? {} : { emailConfirmedAt: isEmailConfirmed ? now : null }),
      updatedAt: now,
    });
    await refuseTaken(this.repository.syncIdentifiers(tx, userId));
    if (state) await this.repository.setState(tx, userId, state, LEVELS, now);
    if (isEmailConfirmed) await this.addresses.follow(tx, userId);
    this.announcer.announce(tx, userSubject(userId));
  }

  /** Blocks or activates; blocking ends his sessions. Answers whether anything changed. */
  async setState(tx: Tx, userId: string, state: UserState, levels: readonly Level[]): Promise<boolean> {
    const changed = await this.repository.setState(tx, userId, state, levels, this.clock.now());
    if (changed) this.announcer.announce(tx, userSubject(userId));
    return changed;
  }

  /** Sets a password as `UsersRepository.setPassword` does, and announces the ended sessions. */
  async setPassword(tx: Tx, change: { userId: string; epoch: number; hash: string }): Promise<number | null> {
    const epoch = await this.repository.setPassword(tx, { ...change, now: this.clock.now() });
    if (epoch !== null) this.announcer.announce(tx, userSubject(change.userId));
    return epoch;
  }

  /**
   * Sets a password by authority, whatever the user's state, and ends his sessions; answers the new
   * epoch, or null when his level is not among `levels`.
   */
  async resetPassword(
    tx: Tx,
    userId: string,
    hash: string,
    levels: readonly Level[] = LEVELS,
  ): Promise<number | null> {
    this.announcer.announce(tx, userSubject(userId));
    const epoch = await this.repository.resetPassword(tx, { userId, hash, levels, now: this.clock.now() });
    if (epoch !== null) await this.furtherWaysIn.endAll(tx, userId);
    return epoch;
  }

  /**
   * Hands a user to who has shown for the first time that the address is his: every session, key, link
   * and further way in ends, and with `clearsPassword` his password too, which somebody else may have
   * chosen. Answers the new epoch, or null when his sessions were ended since `epoch` was read.
   */
  async reclaim(
    tx: Tx,
    reclaimed: { userId: string; epoch: number; clearsPassword: boolean },
  ): Promise<number | null> {
    const epoch = await this.repository.reclaim(tx, { ...reclaimed, now: this.clock.now() });
    if (epoch === null) return null;
    this.announcer.announce(tx, userSubject(reclaimed.userId));
    await this.furtherWaysIn.endForeign(tx, reclaimed.userId);
    return epoch;
  }

  /** Marks an address as confirmed if it still is the user's; answers whether it is. */
  async confirmEmail(tx: Tx, userId: string, address: string): Promise<boolean> {
    const confirmed = await this.repository.confirmEmail(tx, userId, address, this.clock.now());
    if (!confirmed) return false;
    await this.addresses.follow(tx, userId);
    this.announcer.announce(tx, userSubject(userId));
    return true;
  }

  /**
   * Gives a user another address.
   * @throws IdentifierTaken as `create` does.
   */
  async changeEmail(tx: Tx, userId: string, address: string, isConfirmed: boolean): Promise<void> {
    await this.applyFields(tx, userId, { email: address, isEmailConfirmed: isConfirmed });
  }

  /** Deletes a user with his sessions, keys, links and accounts; his tokens are refused on the next request. */
  async delete(tx: Tx, userId: string): Promise<boolean> {
    const wasThere = await this.repository.delete(tx, userId);
    if (wasThere) this.announcer.announce(tx, userSubject(userId));
    return wasThere;
  }
}

async function refuseTaken(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw uniqueViolation(error) === 'user_identifiers' ? new IdentifierTaken({}, { cause: error }) : error;
  }
}
