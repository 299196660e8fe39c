import { Injectable } from '@nestjs/common';
import { ReportReader } from '../database/db.js';
import type { UserRecord } from './user.js';
import { UserNotFound } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

/** A page of a numbered list; the first is number 1. */
export interface NumberedPage {
  readonly number: number;
  readonly size: number;
}

/** The users who are not blocked, as a list with numbered pages and a total. */
@Injectable()
export class ListActiveUsers {
  constructor(
    private readonly repository: UsersRepository,
    private readonly reports: ReportReader,
  ) {}

  /** @throws UserNotFound for a page beyond the last one; the first one always exists. */
  async page({ number, size }: NumberedPage): Promise<{ items: UserRecord[]; total: number }> {
    const total = await this.repository.countActive(this.reports);
    const offset = (number - 1) * size;
    if (offset > 0 && offset >= total) throw new UserNotFound();
    return { items: await this.repository.findActivePage(this.reports, offset, size), total };
  }

  /** @throws UserNotFound, also for one who is blocked */
  async get(id: string): Promise<UserRecord> {
    const user = await this.repository.findById(this.reports, id.toLowerCase());
    if (user?.state !== 'active') throw new UserNotFound();
    return user;
  }
}
