import { Injectable } from '@nestjs/common';
import { isAtLeast } from '../common/levels.js';
import type { Db } from '../database/db.js';
import type { FactorDemand } from './factor-demand.js';
import { FactorDemandsRepository, type FactorFacts } from './factor-demands.repository.js';

/** Which second factor a user is asked for. */
@Injectable()
export class FactorDemands {
  constructor(private readonly repository: FactorDemandsRepository) {}

  /**
   * What is asked for beside the user's password; null when nothing is. An authenticator app or a passkey
   * goes before codes by e-mail, which never get anybody around it. Who must have a factor and has none of his own is
   * mailed a code to his confirmed address; without one nothing lets him in.
   */
  async of(db: Db, userId: string): Promise<FactorDemand | null> {
    const facts = await this.repository.find(db, userId);
    return facts && demandOf(facts);
  }

  /** Whether the user could sign in if a second factor were asked of him. */
  async couldMeet(db: Db, userId: string): Promise<boolean> {
    const facts = await this.repository.find(db, userId);
    return facts !== null && demandOf({ ...facts, requiredFrom: 'member' })?.kind !== 'none';
  }
}

function demandOf({
  level,
  hasApp,
  hasPasskey,
  codeAddress,
  confirmedAddress,
  requiredFrom,
}: FactorFacts): FactorDemand | null {
  if (hasApp) return { kind: 'app', hasPasskey };
  if (hasPasskey) return { kind: 'passkey' };
  if (codeAddress !== null) return { kind: 'email', address: codeAddress };
  if (requiredFrom === null || !isAtLeast(level, requiredFrom)) return null;
  return confirmedAddress === null ? { kind: 'none' } : { kind: 'email', address: confirmedAddress };
}
