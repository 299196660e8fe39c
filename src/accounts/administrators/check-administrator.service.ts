import { Injectable } from '@nestjs/common';
import { ApiKeys } from '../../api-keys/api-keys.service.js';
import { ApiKeysRepository } from '../../api-keys/api-keys.repository.js';
import { isWithin, type Authority } from '../../common/permissions.js';
import { Reader } from '../../database/db.js';
import { authorityOf } from '../../roles/role.js';
import { Roles } from '../../roles/roles.service.js';
import type { UserRecord } from '../../users/user.js';
import { CheckFields } from '../check-fields.service.js';
import type { FieldFault } from '../field-faults.js';
import { PERMANENT_TOKEN, type AdministratorDraft, type OwnDraft } from './administrator.js';

/** Finds every fault of an administrator's draft at once, in the order of 003's form. */
@Injectable()
export class CheckAdministrator {
  constructor(
    private readonly fields: CheckFields,
    private readonly roles: Roles,
    private readonly keys: ApiKeys,
    private readonly keyRecords: ApiKeysRepository,
    private readonly reader: Reader,
  ) {}

  /** @param existing who is to be changed; null for one who is to be made */
  async faultsOf(
    caller: Authority,
    draft: AdministratorDraft,
    existing: UserRecord | null,
  ): Promise<FieldFault[]> {
    const needsPassword = existing === null && !draft.isExternal;
    return [
      ...(await this.faultsOfPerson(draft, existing)),
      ...(await this.fields.password('plainPassword', draft.password, draft.email, needsPassword)),
      ...(await this.faultsOfKey(draft, existing)),
      ...(await this.faultsOfRoles(caller, draft.roleIds)),
    ];
  }

  /** What an administrator may change of himself is checked alike. */
  async faultsOfOwn(caller: Authority, draft: OwnDraft, existing: UserRecord): Promise<FieldFault[]> {
    return [
      ...(await this.faultsOfPerson(draft, existing)),
      ...(await this.faultsOfRoles(caller, draft.roleIds)),
    ];
  }

  private async faultsOfPerson(draft: OwnDraft, existing: UserRecord | null): Promise<FieldFault[]> {
    const ownerId = existing?.id ?? null;
    return [
      ...this.fields.name('firstName', draft.firstName, false),
      ...this.fields.name('lastName', draft.lastName, false),
      ...(await this.fields.phone(draft.phone, ownerId)),
      ...(await this.fields.email(draft.email, ownerId)),
    ];
  }

  private async faultsOfKey(draft: AdministratorDraft, existing: UserRecord | null): Promise<FieldFault[]> {
    if (!draft.isExternal) return [];
    if (!draft.apiKey) {
      const kept = existing ? await this.keyRecords.idsOf(this.reader, existing.id, null) : [];
      return kept.length > 0 ? [] : [{ field: 'apiKey', code: 'blank' }];
    }
    // The secret that his own permanent token has already may be given again; it replaces itself.
    const holder = existing && (await this.keyRecords.idsOf(this.reader, existing.id, PERMANENT_TOKEN));
    const ownerId = holder && holder.length > 0 ? existing.id : null;
    const fault = await this.keys.faultOf(this.reader, draft.apiKey, ownerId);
    return fault ? [{ field: 'apiKey', code: fault }] : [];
  }

  private async faultsOfRoles(caller: Authority, roleIds: readonly string[] | null): Promise<FieldFault[]> {
    if (roleIds === null) return [];
    const [roleId] = roleIds;
    if (roleIds.length !== 1 || roleId === undefined) return [{ field: 'roles', code: 'not-one' }];
    const role = await this.roles.find(roleId);
    // A role that gives more than the caller has is as good as none: nobody raises above himself.
    const isGood = role !== null && isWithin(authorityOf(role), caller);
    return isGood ? [] : [{ field: 'roles', code: 'invalid' }];
  }
}
