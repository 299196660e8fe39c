import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { normaliseIdentifier } from '../../common/identifier.js';
import type { Level } from '../../common/levels.js';
import { isWithin } from '../../common/permissions.js';
import { Config } from '../../config/config.js';
import type { Tx } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Sessions } from '../../grants/sessions.service.js';
import { Passwords } from '../../passwords/passwords.service.js';
import { authorityOf, type Role } from '../../roles/role.js';
import { roleOfLevel, Roles } from '../../roles/roles.service.js';
import { Users } from '../../users/users.service.js';
import { authorityOfActor } from '../actor-authority.js';
import { CreateUser } from '../create-user.service.js';
import { refuseFaults } from '../field-faults.js';
import { RegistrationMail } from '../registration-mail.js';
import type { AdministratorDraft } from './administrator.js';
import { AdministratorKeys } from './administrator-keys.service.js';
import { CheckAdministrator } from './check-administrator.service.js';
import { asFieldFaults } from './racing-faults.js';

/** Makes administrators. */
@Injectable()
export class CreateAdministrator {
  constructor(
    private readonly config: Config,
    private readonly check: CheckAdministrator,
    private readonly roles: Roles,
    private readonly passwords: Passwords,
    private readonly createUser: CreateUser,
    private readonly users: Users,
    private readonly keys: AdministratorKeys,
    private readonly mail: RegistrationMail,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Makes an administrator, with his permanent key when he is external, and answers his id. Without a
   * role he may look at everything, but never do more than his maker.
   * @throws InvalidFields with every fault at once and nothing made; Overloaded
   * Spec: 003 "Creating a permanent user token"; contract 4.4.
   */
  async create(actor: Actor, draft: AdministratorDraft, locale: string): Promise<string> {
    const maker = authorityOfActor(actor);
    this.keys.assertMayGive(actor, draft);
    refuseFaults(draft, await this.check.faultsOf(maker, draft, null));
    const place = await this.placeOf(actor, draft.roleIds);
    const passwordHash = draft.password ? await this.passwords.hash(draft.password, actor.signal) : null;
    const email = normaliseIdentifier(draft.email ?? '');
    return asFieldFaults(
      this.unitOfWork.run(async (tx) => {
        await this.sessions.assertLive(tx, actor.principal);
        const userId = await this.createUser.create(tx, actor, {
          type: 'admin',
          ...place,
          email,
          firstName: draft.firstName ?? '',
          lastName: draft.lastName ?? '',
          phone: draft.phone,
          passwordHash,
        });
        if (draft.apiKey && draft.isExternal)
          await this.keys.give(tx, actor, { userId, epoch: 0 }, draft.apiKey);
        if (!draft.isActive) await this.deactivate(tx, actor, userId);
        else if (this.config.registration.confirmEmail && passwordHash) {
          await this.mail.confirmation(tx, { userId, email, epoch: 0, locale });
        }
        return userId;
      }),
    );
  }

  private async deactivate(tx: Tx, actor: Actor, userId: string): Promise<void> {
    await this.keys.carryOver(tx, userId, 0);
    await this.users.setState(tx, userId, 'blocked', ['member', 'manager', 'admin', 'superuser']);
    await this.audit.record(tx, actor, { kind: 'user.disabled', userId });
  }

  private async placeOf(
    actor: Actor,
    roleIds: readonly string[] | null,
  ): Promise<{ level: Level; roleId: string | null }> {
    const [roleId] = roleIds ?? [];
    if (roleId !== undefined) return placeOfRole(await this.roles.get(roleId));
    const maker = authorityOfActor(actor);
    const reporter = roleOfLevel('manager');
    if (reporter && isWithin(authorityOf(reporter), maker)) return placeOfRole(reporter);
    const { principal } = actor;
    return { level: maker.level, roleId: principal?.kind === 'user' ? principal.user.roleId : null };
  }
}

/** The place on the ladder and the free role that a role stands for. */
export function placeOfRole(role: Role): { level: Level; roleId: string | null } {
  return { level: role.level, roleId: role.isBuiltIn ? null : role.id };
}
