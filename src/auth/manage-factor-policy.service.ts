import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { Level } from '../common/levels.js';
import { UNCONDITIONAL, type Precondition } from '../common/precondition.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FactorDemands } from '../factors/factor-demands.service.js';
import { FactorPolicy } from '../factors/factor-policy.service.js';
import { FactorPolicyShutsOut } from '../factors/factors.errors.js';
import { Sessions } from '../grants/sessions.service.js';

/** How the audit trail names the policy. */
const SECOND_FACTOR = 'second-factor';

/** Who must have a second factor. */
@Injectable()
export class ManageFactorPolicy {
  constructor(
    private readonly policy: FactorPolicy,
    private readonly demands: FactorDemands,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  requiredFrom(): Promise<Level | null> {
    return this.policy.requiredFrom(this.reader);
  }

  /**
   * From the next sign-in on users of `level` and above are asked for a second factor; null asks nobody
   * but who has one. Sessions and keys go on. The same level again changes nothing.
   * @param condition of the level that was required until now
   * @throws FactorPolicyShutsOut when the caller himself could not sign in any more; what `condition` throws
   */
  async require(
    actor: Actor,
    level: Level | null,
    condition: Precondition<Level | null> = UNCONDITIONAL,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { principal } = actor;
      await this.sessions.assertLive(tx, principal);
      const present = await this.policy.requiredFromForUpdate(tx);
      condition(present);
      if (level === present) return;
      if (level !== null && principal?.kind === 'user') {
        if (!(await this.demands.couldMeet(tx, principal.userId))) throw new FactorPolicyShutsOut();
      }
      await this.policy.require(tx, level);
      await this.audit.record(tx, actor, { kind: 'policy.changed', objectId: SECOND_FACTOR });
    });
  }
}
