import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { isAbove } from '../../common/levels.js';
import { UNCONDITIONAL, type Precondition } from '../../common/precondition.js';
import { Reader, type Db, type Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import type { UserRecord } from '../../users/user.js';
import { UserNotFound } from '../../users/users.errors.js';
import { Users } from '../../users/users.service.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authorityOfActor, userIdOf } from '../actor-authority.js';
import { ChangeEmail } from '../change-email.service.js';
import { refuseFaults } from '../field-faults.js';
import { kindsOfChange } from '../kinds-of-change.js';
import { CheckUser } from './check-user.service.js';
import type { Place } from './place.js';
import type { UserEdit } from './user-draft.js';

const PLACE = ['type', 'level', 'roleId'] as const;

/** Changes users for administrators. */
@Injectable()
export class EditManagedUser {
  constructor(
    private readonly check: CheckUser,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly changeEmail: ChangeEmail,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Changes all given fields of a user below the caller together or none, and answers him as he is then.
   * A superuser changes everybody, yet nobody moves himself on the ladder. Another address counts as
   * contract 3.15 says: its owner is told at the old one, or asked at the new one first.
   * @param condition of him as he is when nobody else can change him any more
   * @param locale the language of the mails that this causes, where he has none
   * @throws UserNotFound, InsufficientRights; InvalidFields with every fault at once; IdentifierTaken; what
   *   `condition` throws
   */
  async edit(
    actor: Actor,
    id: string,
    edit: UserEdit,
    { condition = UNCONDITIONAL, locale }: { condition?: Precondition<UserRecord>; locale: string },
  ): Promise<UserRecord> {
    const userId = id.toLowerCase();
    const target = await this.editable(
      this.reader,
      actor,
      await this.records.findById(this.reader, userId),
      edit,
    );
    refuseFaults({}, await this.check.faultsOf(edit, target));
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      // Once more: he may have risen since he was looked at.
      const present = await this.editable(tx, actor, await this.records.lock(tx, userId), edit);
      condition(present);
      return this.write(tx, actor, present, edit, locale);
    });
  }

  private async write(
    tx: Tx,
    actor: Actor,
    present: UserRecord,
    { email, ...fields }: UserEdit,
    locale: string,
  ): Promise<UserRecord> {
    const userId = present.id;
    const isMoved = isMovedBy(fields, placeOf(present));
    // What a manifest called his old place (001) would outlive it.
    await this.users.applyFields(tx, userId, { ...fields, ...(isMoved ? { roles: [] } : {}) });
    if (isMoved) await this.changeEmail.withdraw(tx, userId);
    if (email !== undefined) await this.changeEmail.change(tx, actor, userId, email, { locale });
    for (const kind of kindsOfChange(present, fields)) await this.audit.record(tx, actor, { kind, userId });
    const changed = await this.records.findById(tx, userId);
    if (!changed) throw new UserNotFound();
    return changed;
  }

  /** The user whom the caller may give these fields. @throws UserNotFound, InsufficientRights */
  private async editable(
    db: Db,
    actor: Actor,
    target: UserRecord | null,
    edit: UserEdit,
  ): Promise<UserRecord> {
    if (!target) throw new UserNotFound();
    const caller = authorityOfActor(actor);
    if (caller.level !== 'superuser' && !isAbove(caller.level, target.level)) throw new InsufficientRights();
    const present = placeOf(target);
    await this.check.assertWithin(db, present, caller);
    const wanted = { ...present, ...given(edit) };
    if (isMovedBy(edit, present) && target.id === userIdOf(actor)) throw new InsufficientRights();
    await this.check.assertWithin(db, wanted, caller);
    return target;
  }
}

const placeOf = ({ type, level, roleId }: UserRecord): Place => ({ type, level, roleId });

function isMovedBy(edit: UserEdit, present: Place): boolean {
  return PLACE.some((field) => edit[field] !== undefined && edit[field] !== present[field]);
}

function given(edit: UserEdit): Partial<Place> {
  return Object.fromEntries(
    PLACE.flatMap((field) => (edit[field] === undefined ? [] : [[field, edit[field]]])),
  );
}
