import { Injectable } from '@nestjs/common';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserRecord } from '../users/user.js';
import { PasswordsDiffer, SamePassword } from './accounts.errors.js';

/** A password as it is typed twice. */
export interface TypedPassword {
  readonly password: string;
  readonly passwordRepeated: string;
}

/** What every new password must pass, in the documented order. */
@Injectable()
export class NewPassword {
  constructor(
    private readonly policy: PasswordPolicy,
    private readonly passwords: Passwords,
  ) {}

  /** @throws PasswordsDiffer, PasswordUnacceptable */
  assertAcceptable({ password, passwordRepeated }: TypedPassword, email: string | null): void {
    if (password !== passwordRepeated) throw new PasswordsDiffer();
    this.policy.assertAcceptable(password, { email });
  }

  /**
   * The hash of a password that `user` may take.
   * @throws PasswordsDiffer, PasswordUnacceptable, SamePassword; Overloaded
   */
  async hashFor(user: UserRecord, typed: TypedPassword, signal?: AbortSignal): Promise<string> {
    this.assertAcceptable(typed, user.email ?? '');
    await this.refuseSame(user, typed.password, signal);
    return this.passwords.hash(typed.password, signal);
  }

  private async refuseSame(user: UserRecord, password: string, signal?: AbortSignal): Promise<void> {
    if (user.passwordHash === null || this.policy.allowsReuse()) return;
    const { matches } = await this.passwords.verify(user.passwordHash, password, signal);
    if (matches) throw new SamePassword();
  }
}
