import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Users } from '../users/users.service.js';
import { LinkUnknown } from './accounts.errors.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.service.js';

/** Ends a user's notifications by the link that stands in them (RFC 8058). */
@Injectable()
export class Unsubscribe {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly users: Users,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws LinkUnknown */
  look(token: string): string {
    const userId = this.tokens.read(token);
    if (userId === null) throw new LinkUnknown();
    return userId;
  }

  /** Unsubscribes the user from everything; again and again, if asked. @throws LinkUnknown */
  async unsubscribe(token: string): Promise<void> {
    const userId = this.look(token);
    await this.unitOfWork.run((tx) => this.users.changeProfile(tx, userId, { unsubscribedFromAll: true }));
  }
}
