import { setImmediate as turn } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { authorityOfActor } from '../accounts/actor-authority.js';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { isAbove } from '../common/levels.js';
import type { UserPrincipal } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import {
  PersonalData,
  told,
  type DataSubject,
  type PersonalSection,
} from '../database/personal-data.service.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import { subjectOf } from './data-subject.js';

/** How many rows are read at once: some ten thousandths of a second, and no more than 200 kB of text. */
const PAGE = 250;

/** A JSON document that is written while it is read. It ends whole, or throws. */
export type ExportDocument = AsyncGenerator<string, void>;

/** Tells everything that is kept of a person, section by section (`PersonalData`). */
@Injectable()
export class ExportPerson {
  private readonly logger = new Logger(ExportPerson.name);

  constructor(
    private readonly personal: PersonalData,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What is kept of the caller. Reads only. @throws UserNotFound when he was erased meanwhile */
  async own({ userId }: UserPrincipal): Promise<ExportDocument> {
    const user = await this.users.findById(this.reader, userId);
    if (!user) throw new UserNotFound();
    return this.write(subjectOf(user));
  }

  /**
   * What is kept of a user below the caller. That it was told to somebody else is written into the audit
   * trail before the first word of it.
   * @throws UserNotFound, InsufficientRights; CredentialUnknown when the caller's session was ended meanwhile
   */
  async other(actor: Actor, id: string): Promise<ExportDocument> {
    const user = await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const found = await this.users.findById(tx, id.toLowerCase());
      if (!found) throw new UserNotFound();
      if (!isAbove(authorityOfActor(actor).level, found.level)) throw new InsufficientRights();
      await this.audit.record(tx, actor, { kind: 'user.exported', userId: found.id });
      return found;
    });
    return this.write(subjectOf(user));
  }

  private async *write(subject: DataSubject): ExportDocument {
    try {
      yield `{"exportedAt":${JSON.stringify(told(this.clock.now()))}`;
      for (const section of this.personal.allSections()) {
        yield `,${JSON.stringify(section.name)}:`;
        yield* this.writeSection(section, subject);
      }
      // Who was erased meanwhile would be told too little, in a document that looks whole.
      if (!(await this.users.findById(this.reader, subject.userId))) throw new UserNotFound();
      yield '}';
    } catch (error) {
      this.logger.warn(`An export was broken off: ${(error as Error).message}`);
      throw error;
    }
  }

  private async *writeSection(section: PersonalSection, subject: DataSubject): ExportDocument {
    if ('one' in section) {
      yield JSON.stringify(await section.one(this.reader, subject));
      return;
    }
    let separator = '[';
    let after: string | null = null;
    do {
      const page = await section.page(this.reader, subject, { after, limit: PAGE });
      const text = page.items.map((item) => JSON.stringify(item)).join(',');
      if (text !== '') yield `${separator}${text}`;
      if (text !== '') separator = ',';
      after = page.next;
      // SQLite answers within the turn of the loop: others are let in between.
      await turn();
    } while (after !== null);
    yield separator === '[' ? '[]' : ']';
  }
}
