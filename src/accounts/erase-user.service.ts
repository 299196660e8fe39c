import { Injectable } from '@nestjs/common';
import type { UserPrincipal } from '../common/security/principal.js';
import { DeclarationsRepository } from '../declarations/declarations.repository.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { Users } from '../users/users.service.js';
import { DECLARING_KINDS } from './declared-user.js';

/** Erases people. */
@Injectable()
export class EraseUser {
  constructor(
    private readonly users: Users,
    private readonly outbox: Outbox,
    private readonly declarations: DeclarationsRepository,
    private readonly sessions: Sessions,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Erases the caller: himself, his identifiers, sessions, keys, links, profiles, account and mails, in
   * one unit of work; a manifest that still declares him makes him anew. His tokens are refused on the next request, on every node.
   * @throws CredentialUnknown when his session was ended meanwhile
   */
  async eraseOneself(principal: UserPrincipal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      await this.outbox.forget(tx, principal.userId);
      await this.declarations.remove(tx, DECLARING_KINDS, principal.userId);
      await this.users.delete(tx, principal.userId);
    });
  }
}
