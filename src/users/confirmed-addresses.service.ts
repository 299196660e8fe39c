import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/db.js';

/** Looks, in the unit of work that may have confirmed an address of a user, where mail for him is to go now. */
export type FollowsAddress = (tx: Tx, userId: string) => Promise<void>;

/**
 * Who keeps a copy of a user's confirmed address is told when another one may be. Each module that has
 * one says so at start.
 */
@Injectable()
export class ConfirmedAddresses {
  private readonly followers: FollowsAddress[] = [];

  add(follower: FollowsAddress): void {
    this.followers.push(follower);
  }

  async follow(tx: Tx, userId: string): Promise<void> {
    for (const follower of this.followers) await follower(tx, userId);
  }
}
