import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { LEVELS } from '../../common/levels.js';
import { isWithin, type Authority } from '../../common/permissions.js';
import { Reader, type Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import { SecurityNotices } from '../../notices/security-notices.service.js';
import { Passwords } from '../../passwords/passwords.service.js';
import { Roles } from '../../roles/roles.service.js';
import type { UserRecord } from '../../users/user.js';
import { UserNotFound } from '../../users/users.errors.js';
import { Users } from '../../users/users.service.js';
import { UsersRepository } from '../../users/users.repository.js';
import { authorityOfActor, userIdOf } from '../actor-authority.js';
import { ChangeEmail } from '../change-email.service.js';
import { refuseFaults } from '../field-faults.js';
import type { AdministratorDraft } from './administrator.js';
import { AdministratorKeys } from './administrator-keys.service.js';
import { CheckAdministrator } from './check-administrator.service.js';
import { placeOfRole } from './create-administrator.service.js';
import { asFieldFaults } from './racing-faults.js';

type Place = ReturnType<typeof placeOfRole>;

/** Changes administrators by authority. */
@Injectable()
export class ReplaceAdministrator {
  constructor(
    private readonly check: CheckAdministrator,
    private readonly roles: Roles,
    private readonly passwords: Passwords,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly changeEmail: ChangeEmail,
    private readonly keys: AdministratorKeys,
    private readonly sessions: Sessions,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Puts an administrator who stands no higher than the caller into the drafted state, all of it or
   * nothing. A new password ends his sessions, of which he is told by mail, and so does deactivating
   * him; his keys stay while he is external, and end when he is not.
   * @throws UserNotFound, InsufficientRights, InvalidFields with every fault at once; Overloaded
   * Spec: contract 4.4.
   */
  async replace(actor: Actor, id: string, draft: AdministratorDraft, locale: string): Promise<void> {
    const caller = authorityOfActor(actor);
    const target = await this.records.findById(this.reader, id.toLowerCase());
    if (target?.type !== 'admin') throw new UserNotFound();
    assertWithin(target, caller);
    this.keys.assertMayGive(actor, draft);
    refuseFaults(draft, await this.check.faultsOf(caller, draft, target));
    const hash = draft.password ? await this.passwords.hash(draft.password, actor.signal) : null;
    await asFieldFaults(
      this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, actor.principal);
        await this.write(tx, actor, { target, draft, hash, locale });
      }),
    );
  }

  private async write(
    tx: Tx,
    actor: Actor,
    change: { target: UserRecord; draft: AdministratorDraft; hash: string | null; locale: string },
  ): Promise<void> {
    const { target, draft, hash, locale } = change;
    const present = await this.current(tx, target.id, authorityOfActor(actor));
    let { grantEpoch: epoch } = present;
    const place = await this.placeOf(tx, draft.roleIds);
    await this.users.applyFields(tx, target.id, {
      firstName: draft.firstName ?? '',
      lastName: draft.lastName ?? '',
      phone: draft.phone,
      ...place,
      ...(isMovedTo(place, present) ? { roles: [] } : {}),
    });
    await this.tell(tx, actor, present, place);
    await this.changeEmail.change(tx, actor, target.id, draft.email ?? '', { locale });
    if (!draft.isExternal) await this.keys.takeAll(tx, actor, target.id);
    else if (draft.apiKey) await this.keys.give(tx, actor, { userId: target.id, epoch }, draft.apiKey);
    if (hash !== null) {
      await this.keys.carryOver(tx, target.id, epoch);
      epoch = (await this.users.resetPassword(tx, target.id, hash)) ?? epoch;
      await this.audit.record(tx, actor, { kind: 'password.set', userId: target.id });
      const isByAuthority = userIdOf(actor) !== target.id;
      await this.notices.tell(tx, actor, target.id, { what: 'password-changed', isByAuthority });
    }
    const { isActive } = draft;
    // Deactivating moves the epoch on, which ends all but the keys that are to stay.
    if (!isActive && present.state !== 'blocked') await this.keys.carryOver(tx, target.id, epoch);
    const isChanged = await this.users.setState(tx, target.id, isActive ? 'active' : 'blocked', LEVELS);
    const kind = isActive ? 'user.enabled' : 'user.disabled';
    if (isChanged) await this.audit.record(tx, actor, { kind, userId: target.id });
  }

  private async placeOf(tx: Tx, roleIds: readonly string[] | null): Promise<Partial<Place>> {
    const [roleId] = roleIds ?? [];
    return roleId === undefined ? {} : placeOfRole(await this.roles.get(roleId, tx));
  }

  private async tell(tx: Tx, actor: Actor, present: UserRecord, place: Partial<Place>): Promise<void> {
    const { id: userId } = present;
    await this.audit.record(tx, actor, { kind: 'user.changed', userId });
    if (!isMovedTo(place, present)) return;
    await this.audit.record(tx, actor, { kind: 'user.rights-changed', userId });
    await this.changeEmail.withdraw(tx, userId);
  }

  /** As he is inside the unit: he may have risen since he was looked at. */
  private async current(tx: Tx, id: string, caller: Authority): Promise<UserRecord> {
    const user = await this.records.findById(tx, id);
    if (!user) throw new UserNotFound();
    assertWithin(user, caller);
    return user;
  }
}

function isMovedTo(place: Partial<Place>, { level, roleId }: UserRecord): boolean {
  return (place.level ?? level) !== level || (place.roleId ?? roleId) !== roleId;
}

function assertWithin(target: UserRecord, caller: Authority): void {
  if (!isWithin(target, caller)) throw new InsufficientRights();
}
