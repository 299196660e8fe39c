import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { Precondition } from '../common/precondition.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { PasswordPolicyImpossible } from '../password-policy/password-policy.errors.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { policyFaults } from '../password-policy/policy-faults.js';
import type { PolicyInForce, PolicyValues } from '../password-policy/policy-in-force.js';

/** What the audit trail calls this policy. */
const OBJECT = 'password';

/** Edits the password policy while it is in use (contract 1). Of edits that race each sees what the one before left. */
@Injectable()
export class EditPasswordPolicy {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Puts the given values into force, all or none, and answers the whole policy. The first edit keeps the
   * environment's other values too.
   * @throws what `condition` throws; PasswordPolicyImpossible
   */
  edit(
    actor: Actor,
    change: Partial<PolicyValues>,
    condition: Precondition<PolicyInForce>,
  ): Promise<PolicyInForce> {
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const present = await this.policy.inForceForUpdate(tx);
      condition(present);
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      if (given.length === 0) return present;
      const values = { ...present.values, ...Object.fromEntries(given) } as PolicyValues;
      const faults = policyFaults(values);
      if (faults.length > 0) throw new PasswordPolicyImpossible(faults);
      await this.audit.record(tx, actor, { kind: 'policy.changed', objectId: OBJECT });
      return this.policy.replace(tx, values);
    });
  }

  /** Brings the environment's values back. @throws what `condition` throws */
  async reset(actor: Actor, condition: Precondition<PolicyInForce>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      condition(await this.policy.inForceForUpdate(tx));
      await this.policy.replace(tx, null);
      await this.audit.record(tx, actor, { kind: 'policy.changed', objectId: OBJECT });
    });
  }
}
