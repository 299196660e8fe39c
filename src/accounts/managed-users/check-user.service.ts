import { Injectable } from '@nestjs/common';
import type { Level, UserType } from '../../common/levels.js';
import { isWithin, type Authority } from '../../common/permissions.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { authorityOf } from '../../roles/role.js';
import { Roles } from '../../roles/roles.service.js';
import type { UserRecord } from '../../users/user.js';
import { CheckFields } from '../check-fields.service.js';
import type { FieldFault } from '../field-faults.js';
import type { UserDraft, UserEdit } from './user-draft.js';

/** What says how high a user stands. */
export interface Place {
  readonly type: UserType;
  readonly level: Level;
  readonly roleId: string | null;
}

/** Finds every fault of what an administrator wants a user to be. */
@Injectable()
export class CheckUser {
  constructor(
    private readonly fields: CheckFields,
    private readonly roles: Roles,
  ) {}

  /** @param existing who is to be changed; null for one who is to be made */
  async faultsOf(draft: UserDraft | UserEdit, existing: UserRecord | null): Promise<FieldFault[]> {
    const ownerId = existing?.id ?? null;
    const { email, username, phone, card, roleId } = draft;
    const isNew = existing === null;
    return [
      ...(email === undefined && !isNew ? [] : await this.fields.email(email ?? null, ownerId)),
      ...(await this.fields.username(username ?? null, ownerId)),
      ...(await this.fields.phone(phone ?? null, ownerId)),
      ...(await this.fields.card(card ?? null, ownerId)),
      ...(roleId && !(await this.roles.find(roleId)) ? [{ field: 'roleId', code: 'invalid' as const }] : []),
    ];
  }

  /**
   * Returns when nobody at this place may do anything that the caller may not, and stands no higher.
   * @throws InsufficientRights
   */
  async assertWithin(place: Place, caller: Authority): Promise<void> {
    const role = place.roleId === null ? null : await this.roles.find(place.roleId);
    const permissions = role === null ? [] : authorityOf(role).permissions;
    if (!isWithin({ type: place.type, level: place.level, permissions }, caller)) {
      throw new InsufficientRights();
    }
  }
}
