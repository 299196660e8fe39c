import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { isPermission } from '../../common/permissions.js';
import { UNCONDITIONAL } from '../../common/precondition.js';
import { RoleNameTaken } from '../../roles/roles.errors.js';
import type { RoleFields } from '../../roles/roles.service.js';
import { InvalidFields, refuseFaults, type FieldFault, type ReadDraft } from '../field-faults.js';
import { EditRoles } from './edit-roles.service.js';

const LONGEST_NAME = 150;

/** A free role as somebody wants it to be; permissions as `RESOURCE:ACCESS`. */
export interface RoleDraft extends ReadDraft {
  readonly name: string | null;
  readonly permissions: readonly string[];
}

/** Free roles by drafts, all faults of which are told at once. */
@Injectable()
export class ManageRoles {
  constructor(private readonly roles: EditRoles) {}

  /** Makes a free role and answers its id. @throws InvalidFields, InsufficientRights */
  async create(actor: Actor, draft: RoleDraft): Promise<string> {
    const { id } = await asFieldFaults(this.roles.create(actor, checked(draft)));
    return id;
  }

  /**
   * Replaces a free role.
   * @throws RoleNotFound, RoleBuiltIn, InvalidFields, InsufficientRights
   */
  async replace(actor: Actor, id: string, draft: RoleDraft): Promise<void> {
    await asFieldFaults(this.roles.change(actor, id, UNCONDITIONAL, () => checked(draft)));
  }

  /** Removes a free role. @throws RoleNotFound, RoleBuiltIn, InsufficientRights */
  remove(actor: Actor, id: string): Promise<void> {
    return this.roles.remove(actor, id, UNCONDITIONAL);
  }
}

function checked(draft: RoleDraft): RoleFields {
  const { name, permissions } = draft;
  const known = permissions.filter(isPermission);
  const faults: FieldFault[] = [];
  if (!name) faults.push({ field: 'name', code: 'blank' });
  else if (name.length > LONGEST_NAME) faults.push({ field: 'name', code: 'too-long' });
  if (known.length < permissions.length) faults.push({ field: 'permissions', code: 'invalid' });
  refuseFaults(draft, faults);
  return { name: name ?? '', permissions: known };
}

async function asFieldFaults<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof RoleNameTaken)) throw error;
    throw new InvalidFields([{ field: 'name', code: 'taken' }], { cause: error });
  }
}
