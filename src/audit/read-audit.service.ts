import { Injectable } from '@nestjs/common';
import { LOOK, pageOf, type Page } from '../common/page.js';
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

  /**
   * The events that fit, newest first; `cursor` is a page's `nextCursor`. After an unknown one comes
   * nothing. Where several filters meet, a page may hold fewer than `limit`, or none, and go on.
   */
  async page(
    filter: AuditFilter,
    { cursor, limit }: { limit: number; cursor: string | null },
  ): Promise<Page<AuditEvent>> {
    const at = cursor === null ? null : await this.repository.timeOf(this.reader, cursor);
    if (cursor !== null && at === null) return { items: [], nextCursor: null };
    const after = cursor === null || at === null ? null : { at, id: cursor };
    const looked = { after, look: LOOK };
    const found = await this.repository.findPage(this.reader, filter, { ...looked, limit: limit + 1 });
    if (found.length > limit) return pageOf(found, limit, ({ id }) => id);
    return {
      items: found,
      nextCursor: await this.repository.lastLookedAt(this.reader, filter, looked),
    };
  }
}
