import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.service.js';
import type { Actor } from '../../common/actor.js';
import { Reader } from '../../database/db.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { UserExportsRepository, type Departure } from './user-exports.repository.js';

const PAGE = 1_000;

/** Hands out everybody, with the hashes of their passwords. Who may ask is decided by who calls. */
@Injectable()
export class ExportUsers {
  constructor(
    private readonly repository: UserExportsRepository,
    private readonly audit: Audit,
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: Reader,
  ) {}

  /** Users in order of creation, page by page, with the foreign ids of one source. Who comes meanwhile comes last. The audit trail tells of it before the first. */
  async *pages(actor: Actor, source: string): AsyncGenerator<readonly Departure[]> {
    await this.unitOfWork.run((tx) => this.audit.record(tx, actor, { kind: 'users.exported' }));
    for (let afterId = ''; ;) {
      const page = await this.repository.findPage(this.reader, { source, afterId, limit: PAGE });
      if (page.length > 0) yield page;
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      afterId = last.id;
    }
  }
}
