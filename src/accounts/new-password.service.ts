import { Injectable } from '@nestjs/common';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import type { PolicyInForce } from '../password-policy/policy-in-force.js';
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

  /** Answers the policy by which it decided. @throws PasswordsDiffer, PasswordUnacceptable */
  async assertAcceptable(
    { password, passwordRepeated }: TypedPassword,
    email: string | null,
    known?: PolicyInForce,
  ): Promise<PolicyInForce> {
    if (password !== passwordRepeated) throw new PasswordsDiffer();
    const policy = known ?? (await this.policy.inForce());
    policy.assertAcceptable(password, { email });
    return policy;
  }

  /**
   * The hash of a password that `user` may take.
   * @param known the policy, where the caller has it already
   * @throws PasswordsDiffer, PasswordUnacceptable, SamePassword; Overloaded
   */
  async hashFor(
    user: UserRecord,
    typed: TypedPassword,
    signal?: AbortSignal,
    known?: PolicyInForce,
  ): Promise<string> {
    const policy = await this.assertAcceptable(typed, user.email ?? '', known);
    if (!policy.values.allowsReuse) await this.refuseSame(user, typed.password, signal);
    return this.passwords.hash(typed.password, signal);
  }

  private async refuseSame(user: UserRecord, password: string, signal?: AbortSignal): Promise<void> {
    if (user.passwordHash === null) return;
    const { matches } = await this.passwords.verify(user.passwordHash, password, signal);
    if (matches) throw new SamePassword();
  }
}
