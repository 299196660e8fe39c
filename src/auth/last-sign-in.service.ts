import { Injectable } from '@nestjs/common';
import { Reader } from '../database/db.js';
import { GrantsRepository } from '../grants/grants.repository.js';

/** When somebody has signed in before. */
@Injectable()
export class LastSignIn {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly reader: Reader,
  ) {}

  /** The newest of his sessions that are still kept, in ms since 1970; null for none. */
  of(userId: string): Promise<number | null> {
    return this.grants.lastSignInOf(this.reader, userId);
  }
}
