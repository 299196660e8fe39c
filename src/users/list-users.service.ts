import { Injectable } from '@nestjs/common';
import { normaliseIdentifier } from '../common/identifier.js';
import { LOOK, pageOf, type Page } from '../common/page.js';
import { ReportReader } from '../database/db.js';
import { identifiersOf } from './identifiers.js';
import { UserDirectoryRepository, type NamedUser, type UserFilter } from './user-directory.repository.js';
import type { UserRecord } from './user.js';

/** How many identifiers are read at once. */
const STEP = 200;

/** Lists users by pages. */
@Injectable()
export class ListUsers {
  constructor(
    private readonly directory: UserDirectoryRepository,
    private readonly reports: ReportReader,
  ) {}

  /** The users who fit, in order of creation; `cursor` is a page's `nextCursor`. */
  async all(filter: UserFilter, page: { limit: number; cursor: string | null }): Promise<Page<UserRecord>> {
    const { cursor, limit } = page;
    const found = await this.directory.findPage(this.reports, filter, {
      afterId: cursor ?? '',
      limit: limit + 1,
    });
    return pageOf(found, limit, ({ id }) => id);
  }

  /**
   * The users who fit and have an identifier that begins with `prefix` in any spelling, in the order of
   * these. Each is there once. Where few fit, a page may hold fewer than `limit`, or none, and go on.
   */
  async search(
    prefix: string,
    filter: UserFilter,
    page: { limit: number; cursor: string | null },
  ): Promise<Page<UserRecord>> {
    const { ids, nextCursor } = await this.idsOf(normaliseIdentifier(prefix), filter, page);
    return { items: await this.directory.findAll(this.reports, ids), nextCursor };
  }

  private async idsOf(
    prefix: string,
    filter: UserFilter,
    page: { limit: number; cursor: string | null },
  ): Promise<{ ids: string[]; nextCursor: string | null }> {
    const ids: string[] = [];
    let after = page.cursor === null ? '' : readCursor(page.cursor);
    for (let looked = 0; looked < LOOK; looked += STEP) {
      const found = await this.directory.findByPrefix(this.reports, prefix, { after, limit: STEP });
      for (const named of found) {
        if (fits(named, prefix, filter)) {
          // One more than the page holds: it goes on, from the last one that it holds.
          if (ids.length === page.limit) return { ids, nextCursor: cursorAt(after) };
          ids.push(named.id);
        }
        after = named.identifier;
      }
      if (found.length < STEP) return { ids, nextCursor: null };
    }
    return { ids, nextCursor: cursorAt(after) };
  }
}

/** True under the first of his identifiers that begins so: under the others he is not shown again. */
function fits(user: NamedUser, prefix: string, filter: UserFilter): boolean {
  const [first] = identifiersOf(user).find(([value]) => value.startsWith(prefix)) ?? [];
  return (
    first === user.identifier &&
    (filter.type === null || filter.type === user.type) &&
    (filter.level === null || filter.level === user.level) &&
    (filter.state === null || filter.state === user.state)
  );
}

const cursorAt = (identifier: string) => Buffer.from(identifier).toString('base64url');
// No identifier holds a NUL, and PostgreSQL takes none.
const readCursor = (cursor: string) => Buffer.from(cursor, 'base64url').toString().replaceAll('\0', '');
