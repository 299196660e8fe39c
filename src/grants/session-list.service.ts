import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/db.js';
import type { ListedSession } from './grant.js';
import { SessionListsRepository } from './session-lists.repository.js';

/** Living sessions of one user at one door; nobody has so many, and a list is bounded all the same. */
const MOST_LIVING = 5_000;

/** Ended sessions that are still shown beside the living ones. */
const ENDED_SHOWN = 100;

/** The sessions of users, as they list them. */
@Injectable()
export class SessionList {
  constructor(
    private readonly repository: SessionListsRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** Every living session of a user at a surface and the newest ended ones, newest first. */
  async of(userId: string, surface: string): Promise<ListedSession[]> {
    const list = { userId, surface, now: this.clock.now() };
    const living = { ...list, areLiving: true, limit: MOST_LIVING };
    const ended = { ...list, areLiving: false, limit: ENDED_SHOWN };
    const sessions = [
      ...(await this.repository.findSessions(this.reader, living)),
      ...(await this.repository.findSessions(this.reader, ended)),
    ];
    return sessions.sort((one, other) => (one.grantId < other.grantId ? 1 : -1));
  }

  /** The session whose credential has this digest, at a surface, or null; alive or not. */
  find(digest: string, surface: string): Promise<ListedSession | null> {
    return this.repository.findSession(this.reader, digest, surface);
  }
}
