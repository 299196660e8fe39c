import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { Metrics } from '../../metrics/metrics.service.js';

/** Counts the password grants that clients still ask for, so that an operator sees them go away (RFC 9700 2.4). */
@Injectable()
export class PasswordGrants {
  private readonly counter;

  constructor(metrics: Metrics) {
    this.counter = metrics.counter(
      'gatehouse_password_grants_total',
      'Password grants asked for at document 000, by client and outcome.',
      ['client', 'outcome'],
    );
  }

  /**
   * Does `grant` and counts how it ended; a fault of ours is neither.
   * @param clientId of a client that has shown who it is: so there are as many labels as clients
   */
  async count<T>(clientId: string, grant: () => Promise<T>): Promise<T> {
    try {
      const result = await grant();
      this.counter.inc({ client: clientId, outcome: 'granted' });
      return result;
    } catch (error) {
      const isRefusal = error instanceof DomainError && error.kind !== 'internal';
      if (isRefusal) this.counter.inc({ client: clientId, outcome: 'refused' });
      throw error;
    }
  }
}
