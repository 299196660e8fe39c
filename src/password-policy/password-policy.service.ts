import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { Reader, type Tx } from '../database/db.js';
import { PasswordPolicyRepository } from './password-policy.repository.js';
import { environmentPolicy, PolicyInForce, type PolicyValues } from './policy-in-force.js';

/** The one password policy of all surfaces (contract 3.14). An edit holds from the next request, on every node. */
@Injectable()
export class PasswordPolicy {
  private readonly first: PolicyInForce;

  constructor(
    private readonly repository: PasswordPolicyRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
    config: Config,
  ) {
    this.first = environmentPolicy(config);
  }

  /** The policy that holds now: as it was edited last, else the environment's. */
  async inForce(): Promise<PolicyInForce> {
    return this.of(await this.repository.find(this.reader));
  }

  /** The same for who is about to replace it; nobody else does until this unit of work has ended. */
  async inForceForUpdate(tx: Tx): Promise<PolicyInForce> {
    return this.of(await this.repository.findForUpdate(tx, this.clock.now()));
  }

  /** Puts other values into force; null brings the environment's back. Answers what holds then. */
  async replace(tx: Tx, values: PolicyValues | null): Promise<PolicyInForce> {
    await this.repository.save(tx, values);
    return this.of(values);
  }

  private of(values: PolicyValues | null): PolicyInForce {
    return values ? new PolicyInForce(values) : this.first;
  }
}
