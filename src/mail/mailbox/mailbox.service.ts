import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import PostalMime from 'postal-mime';
import { pageOf, type Page } from '../../common/page.js';
import { Config } from '../../config/config.js';
import { MailNotFound } from '../mail.errors.js';
import { isMailFileName, mailboxFolder } from '../mailbox-file.js';

/** A mail that lies in the folder. */
export interface MailboxMail {
  /** The file's. */
  readonly name: string;
  readonly to: string;
  readonly subject: string;
  /** When it was written, ms since 1970; null where it does not tell. */
  readonly date: number | null;
  readonly text: string;
}

/** The development mailbox: mails that no server took, with all that they say. */
@Injectable()
export class Mailbox {
  private readonly folder: string;

  constructor(config: Config) {
    this.folder = mailboxFolder(config.dataDir);
  }

  /** The mails, newest first; `cursor` is the name of the last one of the page before. */
  async list({ limit, cursor }: { limit: number; cursor: string | null }): Promise<Page<MailboxMail>> {
    const names = (await this.names()).filter((name) => cursor === null || name < cursor);
    const newest = names.sort().reverse();
    const { items, nextCursor } = pageOf(newest.slice(0, limit + 1), limit, (name) => name);
    const mails = await Promise.all(items.map((name) => this.read(name)));
    return { items: mails.filter((mail) => mail !== null), nextCursor };
  }

  /** @throws MailNotFound */
  async get(name: string): Promise<MailboxMail> {
    const mail = isMailFileName(name) ? await this.read(name) : null;
    if (mail === null) throw new MailNotFound();
    return mail;
  }

  private async names(): Promise<string[]> {
    const found = await readdir(this.folder).catch(noneIfAbsent);
    return (found ?? []).filter(isMailFileName);
  }

  /** Null when it has gone, or is no file of ours. @param name a checked one */
  private async read(name: string): Promise<MailboxMail | null> {
    // Opening a pipe would wait for who writes into it.
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = await open(join(this.folder, name), flags).catch(noneIfAbsent);
    if (file === null) return null;
    try {
      if (!(await file.stat()).isFile()) return null;
      const mail = await PostalMime.parse(await file.readFile());
      return {
        name,
        to: mail.to?.[0]?.address ?? '',
        subject: mail.subject ?? '',
        date: instantOf(mail.date),
        text: mail.text ?? '',
      };
    } finally {
      await file.close();
    }
  }
}

function instantOf(date: string | undefined): number | null {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : at;
}

function noneIfAbsent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ELOOP') return null;
  throw error;
}
