import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { DeclarationsRepository } from '../declarations/declarations.repository.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Sessions } from '../grants/sessions.service.js';
import { Outbox } from '../mail/outbox.service.js';
import { Media } from '../media/media.service.js';
import { Users } from '../users/users.service.js';
import { AccountsRepository } from './accounts.repository.js';
import { DECLARING_KINDS } from './declared-user.js';

/** Erases people. */
@Injectable()
export class EraseUser {
  constructor(
    private readonly users: Users,
    private readonly accounts: AccountsRepository,
    private readonly media: Media,
    private readonly outbox: Outbox,
    private readonly declarations: DeclarationsRepository,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Erases the caller: himself, his identifiers, sessions, keys, links, profiles, account and mails, in
   * one unit of work; a manifest that still declares him makes him anew. His tokens are refused on the next
   * request, on every node; the files of his images are removed after the commit.
   * @throws CredentialUnknown when his session was ended meanwhile
   */
  async eraseOneself(actor: Actor, principal: UserPrincipal): Promise<void> {
    const images = await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, principal);
      const account = await this.accounts.findByOwner(tx, principal.userId);
      await this.outbox.forget(tx, principal.userId);
      await this.declarations.remove(tx, DECLARING_KINDS, principal.userId);
      await this.users.delete(tx, principal.userId);
      await this.audit.record(tx, actor, { kind: 'user.erased', userId: principal.userId });
      return Object.values(account?.images ?? {});
    });
    await this.media.discard(images.filter((name) => name !== null));
  }
}
