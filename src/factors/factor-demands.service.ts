import { Injectable } from '@nestjs/common';
import { isAtLeast, type Level } from '../common/levels.js';
import type { Db } from '../database/db.js';
import { UsersRepository } from '../users/users.repository.js';
import { EmailFactorsRepository } from './email-factors.repository.js';
import type { FactorDemand } from './factor-demand.js';
import { FactorPolicy } from './factor-policy.service.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';

/** Which second factor a user is asked for. */
@Injectable()
export class FactorDemands {
  constructor(
    private readonly apps: TotpFactorsRepository,
    private readonly emails: EmailFactorsRepository,
    private readonly policy: FactorPolicy,
    private readonly users: UsersRepository,
  ) {}

  /**
   * What is asked for beside the user's password; null when nothing is. An authenticator app goes before
   * codes by e-mail, which never get anybody around it. Who must have a factor and has none of his own is
   * mailed a code to his confirmed address; without one nothing lets him in.
   */
  async of(db: Db, userId: string): Promise<FactorDemand | null> {
    if ((await this.apps.confirmedAt(db, userId)) !== null) return { kind: 'app' };
    const email = await this.emails.find(db, userId);
    if (email) return { kind: 'email', address: email.address };
    const requiredFrom = await this.policy.requiredFrom(db);
    return requiredFrom === null ? null : this.fallbackOf(db, userId, requiredFrom);
  }

  /** Whether the user could sign in if a second factor were asked of him. */
  async couldMeet(db: Db, userId: string): Promise<boolean> {
    const demand = (await this.of(db, userId)) ?? (await this.fallbackOf(db, userId, 'member'));
    return demand?.kind === 'app' || demand?.kind === 'email';
  }

  private async fallbackOf(db: Db, userId: string, requiredFrom: Level): Promise<FactorDemand | null> {
    const user = await this.users.findById(db, userId);
    if (!user || !isAtLeast(user.level, requiredFrom)) return null;
    if (user.email === null || user.emailConfirmedAt === null) return { kind: 'none' };
    return { kind: 'email', address: user.email };
  }
}
