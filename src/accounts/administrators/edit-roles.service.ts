import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { isWithin, type Permission } from '../../common/permissions.js';
import type { Precondition } from '../../common/precondition.js';
import type { Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { Sessions } from '../../grants/sessions.service.js';
import type { CreationKey } from '../../idempotency/creation-key.js';
import { Idempotency } from '../../idempotency/idempotency.service.js';
import { authorityOf, type Role } from '../../roles/role.js';
import { Roles, type RoleFields } from '../../roles/roles.service.js';
import { authorityOfActor } from '../actor-authority.js';

/**
 * Makes and changes free roles. Nobody gives, changes or takes a right that he does not have himself; a
 * change holds from the next request of everybody who has the role.
 */
@Injectable()
export class EditRoles {
  constructor(
    private readonly roles: Roles,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes a free role, or answers the one that was made with the same key.
   * @throws InsufficientRights, RoleNameTaken, IdempotencyKeyReused; RoleNotFound when it is gone since
   */
  async create(actor: Actor, fields: RoleFields, key: CreationKey | null = null): Promise<Role> {
    assertWithin(actor, fields.permissions);
    const known = await this.idempotency.find(actor, key);
    if (known) return this.roles.get(known.id);
    const made = await this.idempotency.once(actor, key, async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const id = await this.roles.create(tx, fields);
      await this.audit.record(tx, actor, { kind: 'role.created', objectId: id });
      return id;
    });
    return this.roles.get(made.id);
  }

  /**
   * Gives a free role what `change` makes of it, and answers it.
   * @throws RoleNotFound, RoleBuiltIn, InsufficientRights, what `condition` and `change` throw, RoleNameTaken
   */
  change(
    actor: Actor,
    id: string,
    condition: Precondition<Role>,
    change: (present: Role) => RoleFields,
  ): Promise<Role> {
    return this.unitOfWork.run(async (tx) => {
      const role = await this.own(tx, actor, id);
      condition(role);
      const fields = change(role);
      assertWithin(actor, fields.permissions);
      const changed = await this.roles.replace(tx, role, fields);
      await this.audit.record(tx, actor, { kind: 'role.changed', objectId: role.id });
      return changed;
    });
  }

  /** Removes a free role. @throws RoleNotFound, RoleBuiltIn, InsufficientRights, what `condition` throws */
  async remove(actor: Actor, id: string, condition: Precondition<Role>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const role = await this.own(tx, actor, id);
      condition(role);
      await this.roles.remove(tx, role);
      await this.audit.record(tx, actor, { kind: 'role.deleted', objectId: role.id });
    });
  }

  /** A role that gives nothing that the caller does not have, for update. */
  private async own(tx: Tx, actor: Actor, id: string): Promise<Role> {
    await this.sessions.assertLive(tx, actor.principal);
    const role = await this.roles.getForUpdate(tx, id);
    assertWithin(actor, role.permissions);
    return role;
  }
}

function assertWithin(actor: Actor, permissions: readonly Permission[]): void {
  const role = { id: '', name: '', isMaster: false, isBuiltIn: false, level: 'member' as const, permissions };
  if (!isWithin(authorityOf(role), authorityOfActor(actor))) throw new InsufficientRights();
}
