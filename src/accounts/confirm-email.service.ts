import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { OneTimeTokens } from '../one-time-tokens/one-time-tokens.service.js';
import { Users } from '../users/users.service.js';
import { ConfirmationUnknown, ConfirmationUsed } from './accounts.errors.js';

const PURPOSES = ['confirm-email', 'change-email'] as const;

/** Confirms an address by its mailed link. */
@Injectable()
export class ConfirmEmail {
  constructor(
    private readonly tokens: OneTimeTokens,
    private readonly users: Users,
    private readonly notices: SecurityNotices,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Returns when the link could be redeemed now; redeems nothing, so a mail scanner may open it.
   * @throws ConfirmationUnknown, ConfirmationUsed
   */
  async look(token: string): Promise<void> {
    for (const purpose of PURPOSES) if (await this.tokens.peek(purpose, token)) return;
    await this.refuse(token);
  }

  /**
   * Marks the address that the link was mailed to as confirmed, if it still is the user's. When the
   * link belongs to an address that the user asked to change to, it becomes his and the old one is told.
   * @throws ConfirmationUnknown, ConfirmationUsed; IdentifierTaken when the new address was taken meanwhile
   * Spec: contract 3.7, 3.15.
   */
  async confirm(actor: Actor, token: string): Promise<void> {
    const confirmed = await this.unitOfWork.run(
      async (tx) => (await this.confirmOwn(tx, actor, token)) || (await this.confirmChange(tx, actor, token)),
    );
    if (!confirmed) await this.refuse(token);
  }

  private async confirmOwn(tx: Tx, actor: Actor, token: string): Promise<boolean> {
    const redeemed = await this.tokens.consume(tx, 'confirm-email', token);
    if (!redeemed?.address) return false;
    const { userId, address } = redeemed;
    if (!(await this.users.confirmEmail(tx, userId, address))) return false;
    await this.audit.record(tx, actor, { kind: 'email.confirmed', userId });
    return true;
  }

  private async confirmChange(tx: Tx, actor: Actor, token: string): Promise<boolean> {
    const redeemed = await this.tokens.consume(tx, 'change-email', token);
    if (!redeemed?.address) return false;
    const { userId, address } = redeemed;
    await this.notices.tell(tx, actor, userId, { what: 'email-changed', to: address });
    await this.users.changeEmail(tx, userId, address, true);
    await this.audit.record(tx, actor, { kind: 'email.changed', userId });
    return true;
  }

  private async refuse(token: string): Promise<never> {
    for (const purpose of PURPOSES) {
      if (await this.tokens.wasConsumed(purpose, token)) throw new ConfirmationUsed();
    }
    throw new ConfirmationUnknown();
  }
}
