import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import type { Authority } from '../../common/permissions.js';
import { RECENT } from '../../common/security/access.js';
import type { Db } from '../../database/db.js';
import { InsufficientRights, ReauthenticationRequired } from '../../grants/grants.errors.js';
import { Roles } from '../../roles/roles.service.js';
import type { UserRecord } from '../../users/user.js';
import { CheckFields } from '../check-fields.service.js';
import type { FieldFault } from '../field-faults.js';
import { authorityAt, isAllowed, isRaised, type Place } from './place.js';
import type { UserDraft, UserEdit } from './user-draft.js';

/** Finds every fault of what an administrator wants a user to be. */
@Injectable()
export class CheckUser {
  constructor(
    private readonly fields: CheckFields,
    private readonly roles: Roles,
    private readonly clock: Clock,
  ) {}

  /** @param existing who is to be changed; null for one who is to be made */
  async faultsOf(draft: UserDraft | UserEdit, existing: UserRecord | null): Promise<FieldFault[]> {
    const ownerId = existing?.id ?? null;
    const { email, username, phone, card, roleId = null } = draft;
    const isNew = existing === null;
    return [
      ...(email === undefined && !isNew ? [] : await this.fields.email(email ?? null, ownerId)),
      ...(await this.fields.username(username ?? null, ownerId)),
      ...(await this.fields.phone(phone ?? null, ownerId)),
      ...(await this.fields.card(card ?? null, ownerId)),
      ...(await this.faultsOfRole(roleId)),
    ];
  }

  /** A built-in role is a place on the ladder, which is given by `level` alone. */
  private async faultsOfRole(roleId: string | null): Promise<FieldFault[]> {
    if (roleId === null) return [];
    const role = await this.roles.find(roleId);
    return role && !role.isBuiltIn ? [] : [{ field: 'roleId', code: 'invalid' }];
  }

  /**
   * Returns when nobody at this place may do anything that the caller may not, and stands no higher.
   * @throws InsufficientRights
   */
  async assertWithin(db: Db, place: Place, caller: Authority): Promise<void> {
    if (!isAllowed(await this.authorityOf(db, place), caller)) throw new InsufficientRights();
  }

  /**
   * Returns when the caller may put somebody who is new at this place by what he shows: whoever stands
   * above the lowest, or has a permission, is made by a person in a session of his own in which he
   * showed who he is a moment ago, as he is raised; else a key, an application's token or a session left
   * open would open all that is closed to it, by who is made. The system and the master key may.
   * @throws InsufficientRights, ReauthenticationRequired
   */
  async assertMayMake(db: Db, place: Place, { principal }: Actor): Promise<void> {
    if (principal?.kind !== 'user' || !(await this.givesRights(db, place))) return;
    if (principal.via !== 'session' || principal.clientId !== null) throw new InsufficientRights();
    if (this.clock.now() - principal.authenticatedAt > RECENT) throw new ReauthenticationRequired();
  }

  /** True of a place above the lowest, and of one with a permission. */
  async givesRights(db: Db, place: Place): Promise<boolean> {
    return isRaised(await this.authorityOf(db, place));
  }

  private async authorityOf(db: Db, place: Place): Promise<Authority> {
    return authorityAt(place, place.roleId === null ? null : await this.roles.find(place.roleId, db));
  }
}
