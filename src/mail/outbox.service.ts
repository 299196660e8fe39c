import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Tx } from '../database/db.js';
import { KeyRing } from '../secrets/key-ring.js';
import { assertMailAddress } from './mail-address.js';
import { MailDispatcher } from './mail-dispatcher.service.js';
import type { TemplatedMail } from './mail-template-values.js';
import { MailTemplates } from './mail-templates.js';
import { sealContent, type OutboxContent } from './outbox-content.js';
import { OutboxRepository } from './outbox.repository.js';

/** A mail to one person, not yet in words. */
export type OutgoingMail = TemplatedMail & {
  /** One plain address. */
  readonly recipient: string;
  readonly userId: string | null;
  /** Any language tag; English when it is none of ours. */
  readonly locale: string | null;
  /** An email_format, filled in: the whole mail, which then has no HTML part. */
  readonly customText?: string | null;
  readonly customSubject?: string | null;
};

/** Where mail is written: in the transaction that causes it, sent after its commit (contract 3.6). */
@Injectable()
export class Outbox {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly templates: MailTemplates,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly dispatcher: MailDispatcher,
  ) {}

  /**
   * The mail will be sent, at least once, if `tx` commits, and never if it does not. Its words are
   * sealed until then and erased when it is sent. Answers the outbox id.
   * @throws UnusableAddress
   */
  async enqueue(tx: Tx, mail: OutgoingMail): Promise<string> {
    assertMailAddress(mail.recipient);
    return this.write(tx, mail, 'pending');
  }

  /**
   * Does the work of `enqueue` and sends nothing, so that a name that nobody has takes as long as one
   * that somebody has. The row holds no address and goes at the next cleaning.
   */
  async enqueueDecoy(tx: Tx, mail: OutgoingMail): Promise<void> {
    await this.write(tx, mail, 'void');
  }

  /** How many mails of one kind have been written for a user since then; those of 30 days are known. */
  countWritten(
    tx: Tx,
    mails: { userId: string; template: TemplatedMail['template']; since: number },
  ): Promise<number> {
    return this.outbox.countOf(tx, { userId: mails.userId, kind: mails.template, since: mails.since });
  }

  private async write(tx: Tx, mail: OutgoingMail, state: 'pending' | 'void'): Promise<string> {
    const id = newId();
    await this.outbox.insert(tx, {
      id,
      kind: mail.template,
      recipient: state === 'void' ? '' : mail.recipient,
      userId: state === 'void' ? null : mail.userId,
      state,
      content: sealContent(this.keys, id, this.inWords(mail)),
      createdAt: this.clock.now(),
    });
    tx.afterCommit(() => this.dispatcher.wake());
    return id;
  }

  private inWords(mail: OutgoingMail): OutboxContent {
    const rendered = this.templates.render(mail.template, mail.locale, mail.values);
    const custom = mail.customText ?? null;
    return {
      subject: (mail.customSubject ?? rendered.subject).replace(/\s+/g, ' ').trim(),
      text: custom ?? rendered.text,
      html: custom === null ? rendered.html : null,
    };
  }
}
