import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecondFactor } from '../factors/second-factor.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { PASSWORD_PURPOSES, type RedeemedToken } from '../one-time-tokens/one-time-token.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import type { UserRecord } from '../users/user.js';
import { Users } from '../users/users.service.js';
import { FurtherWaysIn } from '../users/further-ways-in.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { PasswordTokenInvalid } from './accounts.errors.js';
import { FirstAdmin } from './first-admin.service.js';
import { NewPassword } from './new-password.service.js';

/** A mailed token with the new password that it is to set. */
export interface PasswordRedemption {
  /** Where a fresh session is opened; null opens none. */
  readonly surface: string | null;
  readonly token: string;
  /** The address that the link names; null where a document has the token alone. */
  readonly email: string | null;
  readonly password: string;
  readonly passwordRepeated: string;
}

/** Sets a password by a mailed token. */
@Injectable()
export class RedeemPasswordLink {
  constructor(
    private readonly newPassword: NewPassword,
    private readonly tokens: OneTimeTokens,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly sessions: Sessions,
    private readonly furtherWaysIn: FurtherWaysIn,
    private readonly firstAdmin: FirstAdmin,
    private readonly secondFactor: SecondFactor,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Sets the password, ends every other session, link and way in of the user, confirms the address that
   * the token was mailed to, and opens a fresh session where one is asked for, unless he has a second
   * factor: a mail stands in for none, and ends a passkey only where it is the first to reach its owner.
   * Who had a password before is told by mail. Of parallel redemptions one wins; a refused one leaves
   * the token alive.
   * @throws PasswordsDiffer, PasswordUnacceptable, PasswordTokenInvalid, SamePassword, in this order; Overloaded
   * Spec: 004 "Change Password"; contract 3.3, 3.7, 4.5.
   */
  async redeem(
    actor: Actor,
    redemption: PasswordRedemption,
  ): Promise<{ user: UserRecord; token: string | null }> {
    const email = redemption.email === null ? null : normaliseIdentifier(redemption.email);
    // Before the token, so that the order of the answers tells nothing about it.
    const policy = await this.newPassword.assertAcceptable(redemption, email);
    const user = await this.ownerOf(redemption.token, email);
    const hash = await this.newPassword.hashFor(user, redemption, actor.signal, policy);
    return this.unitOfWork.run(async (tx) => {
      const redeemed = await this.consume(tx, redemption.token);
      if (redeemed?.userId !== user.id) throw new PasswordTokenInvalid();
      const epoch = await this.users.setPassword(tx, { userId: user.id, epoch: redeemed.epoch, hash });
      if (epoch === null) throw new PasswordTokenInvalid();
      await this.audit.record(tx, actor, { kind: 'password.reset', userId: user.id });
      if (user.passwordHash !== null) {
        await this.notices.tell(tx, actor, user.id, { what: 'password-changed' });
      }
      if (redeemed.address) await this.confirm(tx, actor, user, redeemed.address);
      if (redeemed.address && !user.isEmailConfirmed) await this.furtherWaysIn.endForeign(tx, user.id);
      else await this.furtherWaysIn.endAll(tx, user.id);
      const token = await this.openSession(tx, actor, {
        userId: user.id,
        epoch,
        surface: redemption.surface,
      });
      const changed = await this.records.findById(tx, user.id);
      if (!changed) throw new PasswordTokenInvalid();
      tx.afterCommit(() => this.firstAdmin.forget(user.id));
      return { user: changed, token };
    });
  }

  /** @throws PasswordTokenInvalid when the user has given the address up meanwhile */
  private async confirm(tx: Tx, actor: Actor, user: UserRecord, address: string): Promise<void> {
    if (!(await this.users.confirmEmail(tx, user.id, address))) throw new PasswordTokenInvalid();
    if (user.isEmailConfirmed) return;
    await this.audit.record(tx, actor, { kind: 'email.confirmed', userId: user.id });
  }

  private async openSession(
    tx: Tx,
    actor: Actor,
    { userId, epoch, surface }: { userId: string; epoch: number; surface: string | null },
  ): Promise<string | null> {
    if (surface === null || (await this.secondFactor.isNeeded(tx, userId))) return null;
    const description = 'Password change';
    const told = { description, isToldOf: true };
    const session = await this.sessions.open(tx, actor, { userId, epoch, surface, ...told });
    if (!session) throw new PasswordTokenInvalid();
    return session.token;
  }

  private async consume(tx: Tx, token: string): Promise<RedeemedToken | null> {
    for (const purpose of PASSWORD_PURPOSES) {
      const redeemed = await this.tokens.consume(tx, purpose, token);
      if (redeemed) return redeemed;
    }
    return null;
  }

  private async ownerOf(token: string, email: string | null): Promise<UserRecord> {
    const live = await this.peek(token);
    const user = live && (await this.records.findById(this.reader, live.userId));
    if (!user || !live) throw new PasswordTokenInvalid();
    // A link that was mailed to an address is good while that address is the user's.
    const named = email ?? live.address ?? user.email;
    const isOwner = user.email === named && (live.address === null || live.address === named);
    if (!isOwner) throw new PasswordTokenInvalid();
    return user;
  }

  private async peek(token: string): Promise<RedeemedToken | null> {
    for (const purpose of PASSWORD_PURPOSES) {
      const live = await this.tokens.peek(purpose, token);
      if (live) return live;
    }
    return null;
  }
}
