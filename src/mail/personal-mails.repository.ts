import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { firstIds } from '../database/merged.js';
import {
  told,
  toldPage,
  type DataSubject,
  type Look,
  type ToldPage,
} from '../database/personal-data.service.js';
import { sql, type Sql } from '../database/sql.js';

interface MailRow {
  id: string;
  kind: string;
  recipient: string;
  state: string;
  created_at: number;
  sent_at: number | null;
}

/** One's mails: those that were written for one, and those to the address that one has shown to be one's own. */
@Injectable()
export class PersonalMailsRepository {
  /** Their kinds, recipients and times, oldest first. */
  async tell(db: Db, subject: DataSubject, look: Look): Promise<ToldPage> {
    const lists = listsOf(subject).map((list) => sql`${list} AND id > ${look.after ?? ''}`);
    const rows = await db.query<MailRow>(
      sql`SELECT o.id, o.kind, o.recipient, o.state, o.created_at, o.sent_at FROM outbox o
          WHERE o.id IN (${firstIds(sql`outbox`, lists, look)}) ORDER BY o.id`,
    );
    return toldPage(
      rows,
      look,
      ({ id }) => id,
      ({ kind, recipient, state, created_at, sent_at }) => {
        return { kind, recipient, state, writtenAt: told(created_at), sentAt: told(sent_at) };
      },
    );
  }

  /** Deletes them all, sent or waiting: none is sent any more, and none remembered. */
  async forget(tx: Tx, subject: DataSubject): Promise<void> {
    for (const list of listsOf(subject)) await tx.execute(sql`DELETE FROM outbox WHERE ${list}`);
  }
}

/** No row is in both. */
function listsOf({ userId, confirmedAddress }: DataSubject): Sql[] {
  const written = sql`user_id = ${userId}`;
  if (confirmedAddress === null) return [written];
  return [written, sql`recipient = ${confirmedAddress} AND (user_id IS NULL OR user_id <> ${userId})`];
}
