import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { pageOf, type Page } from '../common/page.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { MailDispatcher } from './mail-dispatcher.service.js';
import { MailAlreadySent, MailNotFound } from './mail.errors.js';
import {
  OutboxListRepository,
  type ListedMail,
  type MailState,
  type OutboxState,
} from './outbox-list.repository.js';

/** The outbox for administrators: what became of each mail. Its words are shown to nobody. */
@Injectable()
export class ManageOutbox {
  constructor(
    private readonly repository: OutboxListRepository,
    private readonly dispatcher: MailDispatcher,
    private readonly reader: Reader,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The mails of the last 30 days, newest first, by pages. */
  async list(
    state: MailState | null,
    { limit, cursor }: { limit: number; cursor: string | null },
  ): Promise<Page<ListedMail>> {
    const found = await this.repository.findPage(this.reader, { state, beforeId: cursor, limit: limit + 1 });
    return pageOf(found, limit, ({ id }) => id);
  }

  /** How many mails wait, how many were given up, and since when the oldest waits. */
  state(): Promise<OutboxState> {
    return this.repository.state(this.reader);
  }

  /** @throws MailNotFound */
  async get(id: string): Promise<ListedMail> {
    const mail = await this.repository.findById(this.reader, id.toLowerCase());
    if (!mail) throw new MailNotFound();
    return mail;
  }

  /** Has a mail that waits, or is dead, be tried at once. @throws MailNotFound, MailAlreadySent */
  async retry(actor: Actor, id: string): Promise<void> {
    const mail = await this.get(id);
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.repository.makeDue(tx, mail.id, this.clock.now()))) throw new MailAlreadySent();
      await this.audit.record(tx, actor, { kind: 'mail.retried', userId: mail.userId, objectId: mail.id });
      tx.afterCommit(() => this.dispatcher.wake());
    });
  }
}
