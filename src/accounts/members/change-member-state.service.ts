import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { LEVELS, isAtLeast, type UserType } from '../../common/levels.js';
import { Reader } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import type { UserState } from '../../users/user.js';
import { UserNotFound } from '../../users/users.errors.js';
import { Users } from '../../users/users.service.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authorityOfActor } from '../actor-authority.js';

/** Activates and deactivates customers and sellers, for who has the permission. */
@Injectable()
export class ChangeMemberState {
  constructor(
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Puts a customer or seller who stands no higher than the caller into `state`. Deactivating ends all
   * his sessions, keys and links on every node with his next request. Doing it again changes nothing.
   * @throws UserNotFound for an unknown id and for a user of another kind; InsufficientRights
   */
  async change(
    actor: Actor,
    target: { id: string; type: Exclude<UserType, 'admin'> },
    state: Exclude<UserState, 'new'>,
  ): Promise<void> {
    const user = await this.records.findById(this.reader, target.id.toLowerCase());
    if (user?.type !== target.type) throw new UserNotFound();
    const { level: callers } = authorityOfActor(actor);
    const obeying = LEVELS.filter((level) => isAtLeast(callers, level));
    if (!obeying.includes(user.level)) throw new InsufficientRights();
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const isChanged = await this.users.setState(tx, user.id, state, obeying);
      const kind = state === 'blocked' ? 'user.disabled' : 'user.enabled';
      if (isChanged) await this.audit.record(tx, actor, { kind, userId: user.id });
    });
  }
}
