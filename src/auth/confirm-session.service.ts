import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import type { ShownCredential } from '../factors/passkey.js';
import { PasskeyProofs } from '../factors/passkey-proofs.service.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import { CredentialUnknown } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { WrongCredentials } from './auth.errors.js';
import { VerifyPassword } from './verify-password.service.js';

/** What somebody shows once more: his password, a code of his second factor, or one of his passkeys. */
export type Confirmation =
  { readonly password: string } | { readonly otp: string } | { readonly passkey: ShownCredential };

/** Uses up what was shown, in the unit that gives what it was shown for. */
type Spend = (tx: Tx) => Promise<void>;

/** Has somebody signed in show once more who he is. */
@Injectable()
export class ConfirmSession {
  constructor(
    private readonly verifyPassword: VerifyPassword,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly secondFactor: SecondFactor,
    private readonly passkeys: PasskeyProofs,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** What the caller's browser asks for one of his passkeys with, in this session. @throws PasskeyNotFound, CredentialUnknown */
  askForPasskey(principal: UserPrincipal): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      return this.passkeys.askOf(tx, holderOf(principal), principal.userId);
    });
  }

  /**
   * From now on, and for a quarter of an hour, the caller's session opens what asks for a fresh one, on
   * every node. A wrong password counts as a failed sign-in, a wrong code against the second factor, a
   * challenge is used up whatever was signed, and either changes nothing else; a password that is replaced
   * while it is looked at is wrong, and so is a passkey of anybody else.
   * @throws WrongCredentials, WrongFactorCode, CredentialUnknown, RateLimited, Overloaded
   * Spec: contract 3.2.
   */
  async confirm(actor: Actor, principal: UserPrincipal, shown: Confirmation): Promise<void> {
    const user = await this.users.findById(this.reader, principal.userId);
    if (!user) throw new CredentialUnknown();
    const spend = await this.look(actor, principal, user, shown);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      await spend(tx);
      const isDone = await this.sessions.reauthenticate(tx, principal.grantId, user.grantEpoch);
      if (!isDone) throw new WrongCredentials();
    });
  }

  private async look(
    actor: Actor,
    principal: UserPrincipal,
    user: UserRecord,
    shown: Confirmation,
  ): Promise<Spend> {
    if ('otp' in shown) {
      const proof = await this.secondFactor.check(user.id, shown.otp);
      return (tx) => this.secondFactor.spend(tx, actor, proof);
    }
    if ('passkey' in shown) return this.lookAtPasskey(principal, shown.passkey);
    await this.verifyPassword.verifyOf(actor, user, shown.password);
    return () => Promise.resolve();
  }

  private async lookAtPasskey(principal: UserPrincipal, shown: ShownCredential): Promise<Spend> {
    const proof = await this.passkeys.lookOf(holderOf(principal), shown, principal.userId);
    if (!proof) throw new WrongCredentials();
    return async (tx) => {
      if (!(await this.passkeys.spend(tx, proof))) throw new WrongCredentials();
    };
  }
}

const holderOf = ({ grantId }: UserPrincipal) => ({ purpose: 'confirmation', secret: grantId }) as const;
