import { Injectable } from '@nestjs/common';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { FactorEnrolment } from '../factors/factor-enrolment.service.js';
import { UsersRepository } from '../users/users.repository.js';

/** By what somebody signed in may show once more who he is. */
export const CONFIRMATION_METHODS = ['password', 'app', 'recovery-code', 'passkey'] as const;
export type ConfirmationMethod = (typeof CONFIRMATION_METHODS)[number];

/** Tells by what `ConfirmSession` would take a confirmation. */
@Injectable()
export class ConfirmationMethods {
  constructor(
    private readonly users: UsersRepository,
    private readonly enrolment: FactorEnrolment,
    private readonly reader: Reader,
  ) {}

  /** Those that the caller has; none for who came by an account elsewhere or a mailed link alone. */
  async of({ userId }: UserPrincipal): Promise<ConfirmationMethod[]> {
    const user = await this.users.findById(this.reader, userId);
    const { enrolledAt, recoveryCodesLeft, passkeys } = await this.enrolment.overview(this.reader, userId);
    const has: Record<ConfirmationMethod, boolean> = {
      password: (user?.passwordHash ?? null) !== null,
      app: enrolledAt !== null,
      'recovery-code': recoveryCodesLeft > 0,
      passkey: passkeys > 0,
    };
    return CONFIRMATION_METHODS.filter((method) => has[method]);
  }
}
