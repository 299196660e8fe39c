import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Reader } from '../database/db.js';
import type { ListedSession } from './grant.js';
import { GrantsRepository } from './grants.repository.js';

/** Ended sessions that are still shown beside the living ones. */
const ENDED_SHOWN = 100;

/** The sessions of users, as they list them. */
@Injectable()
export class SessionList {
  constructor(
    private readonly repository: GrantsRepository,
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** Every living session of a user at a surface and the newest ended ones, newest first. */
  async of(userId: string, surface: string): Promise<ListedSession[]> {
    const now = this.clock.now();
    const sessions = await this.repository.findSessions(this.reader, userId, surface);
    let ended = 0;
    return sessions.filter((session) => isAlive(session, now) || ++ended <= ENDED_SHOWN);
  }

  /** The session whose credential has this digest, at a surface, or null; alive or not. */
  find(digest: string, surface: string): Promise<ListedSession | null> {
    return this.repository.findSession(this.reader, digest, surface);
  }
}

function isAlive(session: ListedSession, now: number): boolean {
  return !session.isRevoked && session.expiresAt > now;
}
