import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';

/** Ends what lets somebody in as a user beside his password, such as his identities elsewhere. */
export type EndsWayIn = (tx: Tx, userId: string) => Promise<void>;

/**
 * The ways into an account beside its password. They end when its owner takes it back by a mailed link,
 * or an authority sets his password: somebody else may have left one open. Each module that has one says
 * so at start.
 */
@Injectable()
export class FurtherWaysIn {
  private readonly ends: EndsWayIn[] = [];

  add(end: EndsWayIn): void {
    this.ends.push(end);
  }

  async endAll(tx: Tx, userId: string): Promise<void> {
    for (const end of this.ends) await end(tx, userId);
  }
}
