import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { isPermission, isWithin, type Permission } from '../../common/permissions.js';
import type { Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import { authorityOf, type Role } from '../../roles/role.js';
import { RoleBuiltIn, RoleNameTaken } from '../../roles/roles.errors.js';
import { Roles, type RoleFields } from '../../roles/roles.service.js';
import { authorityOfActor } from '../actor-authority.js';
import { InvalidFields, refuseFaults, type FieldFault, type ReadDraft } from '../field-faults.js';

const LONGEST_NAME = 150;

/** A free role as somebody wants it to be; permissions as `RESOURCE:ACCESS`. */
export interface RoleDraft extends ReadDraft {
  readonly name: string | null;
  readonly permissions: readonly string[];
}

/** Makes and changes free roles. Nobody gives, changes or takes a right that he does not have himself. */
@Injectable()
export class ManageRoles {
  constructor(
    private readonly roles: Roles,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes a free role and answers its id. @throws InvalidFields, InsufficientRights */
  async create(actor: Actor, draft: RoleDraft): Promise<string> {
    const fields = checked(draft);
    assertWithin(actor, fields.permissions);
    return this.write(actor, async (tx) => {
      const id = await this.roles.create(tx, fields);
      await this.audit.record(tx, actor, { kind: 'role.created', objectId: id });
      return id;
    });
  }

  /**
   * Replaces a free role; holds from the next request of everybody who has it.
   * @throws RoleNotFound, RoleBuiltIn, InvalidFields, InsufficientRights
   */
  async replace(actor: Actor, id: string, draft: RoleDraft): Promise<void> {
    const role = await this.free(id);
    assertWithin(actor, role.permissions);
    const fields = checked(draft);
    assertWithin(actor, fields.permissions);
    await this.write(actor, async (tx) => {
      await this.roles.replace(tx, role, fields);
      await this.audit.record(tx, actor, { kind: 'role.changed', objectId: role.id });
    });
  }

  /** Removes a free role. @throws RoleNotFound, RoleBuiltIn, InsufficientRights */
  async remove(actor: Actor, id: string): Promise<void> {
    const role = await this.free(id);
    assertWithin(actor, role.permissions);
    await this.write(actor, async (tx) => {
      await this.roles.remove(tx, role.id);
      await this.audit.record(tx, actor, { kind: 'role.deleted', objectId: role.id });
    });
  }

  private async free(id: string): Promise<Role> {
    const role = await this.roles.get(id);
    if (role.isBuiltIn) throw new RoleBuiltIn(role.isMaster);
    return role;
  }

  private async write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, actor.principal);
        return work(tx);
      });
    } catch (error) {
      if (!(error instanceof RoleNameTaken)) throw error;
      throw new InvalidFields([{ field: 'name', code: 'taken' }], { cause: error });
    }
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

function assertWithin(actor: Actor, permissions: readonly Permission[]): void {
  const role = { id: '', name: '', isMaster: false, isBuiltIn: false, level: 'member' as const, permissions };
  if (!isWithin(authorityOf(role), authorityOfActor(actor))) throw new InsufficientRights();
}
