import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import { SYSTEM_ACTOR, type Actor } from '../common/actor.js';
import { isAbove, LEVELS, type Level } from '../common/levels.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserState } from '../users/user.js';
import { UserNotFound } from '../users/users.errors.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';

/** Disables and enables users. */
@Injectable()
export class ChangeState {
  constructor(
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Puts a user below the caller into `state`. Disabling ends all his sessions and links, on every
   * node with his next request; enabling brings none of them back. Doing it again changes nothing.
   * @throws UserNotFound, InsufficientRights
   */
  async change(actor: Actor, userId: string, state: UserState): Promise<void> {
    const target = await this.records.findById(this.reader, userId);
    if (!target) throw new UserNotFound();
    const below = levelsBelow(actor);
    if (!below.includes(target.level)) throw new InsufficientRights();
    // The level is asked for again in the statement: it may have risen since it was read.
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const isChanged = await this.users.setState(tx, userId, state, below);
      const kind = state === 'blocked' ? 'user.disabled' : 'user.enabled';
      if (isChanged) await this.audit.record(tx, actor, { kind, userId });
    });
  }
}

function levelsBelow(actor: Actor): readonly Level[] {
  if (actor === SYSTEM_ACTOR) return LEVELS;
  const { principal } = actor;
  if (principal?.kind !== 'user' && principal?.kind !== 'service') return [];
  return LEVELS.filter((level) => isAbove(principal.level, level));
}
