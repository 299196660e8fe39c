import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../database/db.js';
import { mayAskForLinks } from './mailed-links.js';
import { LastWayIn } from './users.errors.js';
import { UsersRepository } from './users.repository.js';

/** Ends what lets somebody in as a user beside his password, such as his identities elsewhere. */
export type EndsWayIn = (tx: Tx, userId: string) => Promise<void>;

/** Tells whether somebody has such a way in. */
export type HasWayIn = (db: Db, userId: string) => Promise<boolean>;

/**
 * The ways into an account beside its password. They end when its owner takes it back by a mailed link,
 * or an authority sets his password: somebody else may have left one open. One that is a second factor
 * too ends only when an address is shown to be the owner's for the first time: later a mail, or somebody
 * who may set a password, would get around that factor. Each module that has one says so at start.
 */
@Injectable()
export class FurtherWaysIn {
  private readonly ends: EndsWayIn[] = [];
  private readonly factorEnds: EndsWayIn[] = [];
  private readonly looks: HasWayIn[] = [];

  constructor(private readonly users: UsersRepository) {}

  add(end: EndsWayIn): void {
    this.ends.push(end);
  }

  /** The same for a way in that is a second factor too. */
  addFactor(end: EndsWayIn): void {
    this.factorEnds.push(end);
  }

  /** Says how to tell who has a way in that is enough by itself. */
  addLook(look: HasWayIn): void {
    this.looks.push(look);
  }

  /**
   * Returns when something lets the user in after what this unit has taken away: his password, a further
   * way, or a link that he may have mailed to his confirmed address. Until the unit ends nobody takes
   * that away.
   * @throws LastWayIn
   */
  async assertLeft(tx: Tx, userId: string): Promise<void> {
    const user = await this.users.lock(tx, userId);
    if (!user || user.passwordHash !== null) return;
    if (user.emailConfirmedAt !== null && mayAskForLinks(user)) return;
    for (const look of this.looks) if (await look(tx, userId)) return;
    throw new LastWayIn();
  }

  async endAll(tx: Tx, userId: string): Promise<void> {
    for (const end of this.ends) await end(tx, userId);
  }

  /** Ends factors too: whoever had the account before may not have been its owner. */
  async endForeign(tx: Tx, userId: string): Promise<void> {
    for (const end of this.factorEnds) await end(tx, userId);
    await this.endAll(tx, userId);
  }
}
