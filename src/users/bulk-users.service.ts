import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { Db, Tx } from '../database/db.js';
import { BulkUsersRepository, type Holder, type UserToWrite } from './bulk-users.repository.js';
import { identifiersOf } from './identifiers.js';
import type { MovableUser } from './movable-user.js';
import type { IdentifierKind } from './user.js';

/** One who is to be made. */
export interface Coming {
  readonly user: MovableUser;
  readonly roleId: string | null;
}

/** Whom some users meet here: by identifier, by foreign id, and the foreign ids of whom they meet. */
export interface Met {
  /** The normalised identifiers of each of the users, in order. */
  readonly identifiers: readonly (readonly [value: string, kind: IdentifierKind][])[];
  readonly holders: ReadonlyMap<string, Holder>;
  readonly byForeignId: ReadonlyMap<string, string>;
  readonly foreignIdsOf: ReadonlyMap<string, string>;
}

/** One who was made; or the field by which somebody else was here first, and he was not. */
export type Made =
  | { readonly userId: string; readonly taken: null }
  | { readonly userId: null; readonly taken: IdentifierKind | 'externalId' };

/** Makes very many users at once. Nobody knew them before, so nothing is announced. */
@Injectable()
export class BulkUsers {
  constructor(
    private readonly repository: BulkUsersRepository,
    private readonly clock: Clock,
  ) {}

  /** Who is here already of all whom these users' identifiers and foreign ids name. */
  async meet(db: Db, source: string, users: readonly MovableUser[]): Promise<Met> {
    const identifiers = users.map(identifiersOf);
    const values = identifiers.flatMap((named) => named.map(([value]) => value));
    const foreignIds = users.flatMap(({ externalId }) => externalId ?? []);
    const holders = values.length === 0 ? [] : await this.repository.findHolders(db, values);
    const known =
      foreignIds.length === 0 ? [] : await this.repository.findByForeignIds(db, source, foreignIds);
    const ids = [...new Set(holders.map(({ userId }) => userId))];
    const theirs = ids.length === 0 ? [] : await this.repository.findForeignIdsOf(db, source, ids);
    return {
      identifiers,
      holders: new Map(holders.map((holder) => [holder.value, holder])),
      byForeignId: new Map(known.map(({ foreignId, userId }) => [foreignId, userId])),
      foreignIdsOf: new Map(theirs.map(({ foreignId, userId }) => [userId, foreignId])),
    };
  }

  /**
   * Writes users with their identifiers and foreign ids, and tells of each what became of him, in order.
   * Of one whose identifier or foreign id somebody else takes at the same moment nothing is written; the
   * unit of work goes on.
   */
  async create(tx: Tx, source: string, coming: readonly Coming[]): Promise<Made[]> {
    if (coming.length === 0) return [];
    const rows = coming.map(({ user, roleId }): UserToWrite => {
      const email = user.email === null ? null : normaliseIdentifier(user.email);
      return { id: newId(), user, roleId, email };
    });
    await this.repository.insert(tx, rows, this.clock.now());
    const taken = new Map([
      ...(await this.writeForeignIds(tx, source, rows)),
      ...(await this.writeIdentifiers(tx, rows)),
    ]);
    if (taken.size > 0) await this.repository.withdraw(tx, [...taken.keys()]);
    return rows.map(({ id }): Made => {
      const field = taken.get(id);
      return field === undefined ? { userId: id, taken: null } : { userId: null, taken: field };
    });
  }

  private async writeIdentifiers(tx: Tx, rows: readonly UserToWrite[]): Promise<[string, IdentifierKind][]> {
    const wanted = rows.flatMap(({ id, user }) =>
      identifiersOf(user).map(([value, kind]): Holder => ({ value, kind, userId: id })),
    );
    if (wanted.length === 0) return [];
    if ((await this.repository.insertIdentifiers(tx, wanted)) === wanted.length) return [];
    const values = wanted.map(({ value }) => value);
    const holders = new Map(
      (await this.repository.findHolders(tx, values)).map(({ value, userId }) => [value, userId]),
    );
    return wanted
      .filter(({ value, userId }) => holders.get(value) !== userId)
      .map(({ userId, kind }): [string, IdentifierKind] => [userId, kind]);
  }

  private async writeForeignIds(
    tx: Tx,
    source: string,
    rows: readonly UserToWrite[],
  ): Promise<[string, 'externalId'][]> {
    const wanted = rows.flatMap(({ id, user: { externalId } }) =>
      externalId === null ? [] : [{ foreignId: externalId, userId: id }],
    );
    if (wanted.length === 0) return [];
    if ((await this.repository.insertForeignIds(tx, source, wanted)) === wanted.length) return [];
    const ids = wanted.map(({ foreignId }) => foreignId);
    const owners = new Map(
      (await this.repository.findByForeignIds(tx, source, ids)).map((one) => [one.foreignId, one.userId]),
    );
    return wanted
      .filter(({ foreignId, userId }) => owners.get(foreignId) !== userId)
      .map(({ userId }): [string, 'externalId'] => [userId, 'externalId']);
  }
}
