import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';

/** Ends what lets somebody in as a user beside his password, such as his identities elsewhere. */
export type EndsWayIn = (tx: Tx, userId: string) => Promise<void>;

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

  add(end: EndsWayIn): void {
    this.ends.push(end);
  }

  /** The same for a way in that is a second factor too. */
  addFactor(end: EndsWayIn): void {
    this.factorEnds.push(end);
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
