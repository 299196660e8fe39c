import { Injectable } from '@nestjs/common';
import { normaliseIdentifier } from '../common/identifier.js';
import { isAtLeast } from '../common/levels.js';
import type { UserPrincipal, UserSummary } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import type { UserRecord } from './user.js';
import { ProfileForbidden, UserNotFound } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

/** Looks at one user by his name. */
@Injectable()
export class ViewProfile {
  constructor(
    private readonly repository: UsersRepository,
    private readonly reader: Reader,
  ) {}

  /** The user with this id. Who may look is decided by who calls. @throws UserNotFound */
  async byId(id: string): Promise<UserRecord> {
    const user = await this.repository.findById(this.reader, id.toLowerCase());
    if (!user) throw new UserNotFound();
    return user;
  }

  /**
   * One's own profile, or for admins and above anybody's. Who may not look gets the same answer
   * whether or not there is such a user.
   * @throws ProfileForbidden, UserNotFound
   */
  async byName(caller: UserPrincipal, name: string): Promise<UserRecord> {
    if (!isNamed(caller.user, name) && !isAtLeast(caller.level, 'admin')) throw new ProfileForbidden();
    const user = await this.repository.findByIdentifier(this.reader, name);
    if (!user) throw new UserNotFound();
    return user;
  }
}

/** True when `name` is the user's name or address, in any spelling. */
export function isNamed(user: UserSummary, name: string): boolean {
  const wanted = normaliseIdentifier(name);
  return [user.username, user.email].some((known) => known !== null && normaliseIdentifier(known) === wanted);
}
