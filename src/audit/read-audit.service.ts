import { Injectable } from '@nestjs/common';
import { pageOf, type Page } from '../common/page.js';
import { Reader } from '../database/db.js';
import type { AuditEvent } from './audit-event.js';
import { AuditRepository, type AuditFilter } from './audit.repository.js';

/** Reads the audit trail. */
@Injectable()
export class ReadAudit {
  constructor(
    private readonly repository: AuditRepository,
    private readonly reader: Reader,
  ) {}

  /** The events that fit, newest first; `cursor` is a page's `nextCursor`. After an unknown one comes nothing. */
  async page(filter: AuditFilter, page: { limit: number; cursor: string | null }): Promise<Page<AuditEvent>> {
    const { cursor, limit } = page;
    const at = cursor === null ? null : await this.repository.timeOf(this.reader, cursor);
    if (cursor !== null && at === null) return { items: [], nextCursor: null };
    const after = cursor === null || at === null ? null : { at, id: cursor };
    const found = await this.repository.findPage(this.reader, filter, { after, limit: limit + 1 });
    return pageOf(found, limit, ({ id }) => id);
  }
}
