import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock, DAY } from '../common/clock.js';
import type { Tx } from '../database/db.js';
import { limitsAddress } from '../http/limits-address.js';
import { KeyRing } from '../secrets/key-ring.js';
import { browserOf } from './browser-of.js';
import { KnownBrowsersRepository, type Arrival } from './known-browsers.repository.js';
import { SecurityNotices } from './security-notices.service.js';

const PURPOSE = 'known-browser';

/** How long a browser is known after the last sign-in with it. */
export const KNOWN_FOR = 365 * DAY;

/** Knows from where users sign in, and tells them of a sign-in from elsewhere. */
@Injectable()
export class NewSignIns {
  constructor(
    private readonly known: KnownBrowsersRepository,
    private readonly notices: SecurityNotices,
    private readonly keys: KeyRing,
    private readonly clock: Clock,
  ) {}

  /**
   * From now on the actor's browser is known of this user at this address. If it was not, and it is not
   * his first sign-in ever, he is told by mail; once, however many race. One of which he could not be told
   * stays unknown.
   * Spec: contract 3.6.
   */
  async note(tx: Tx, actor: Actor, userId: string): Promise<void> {
    const arrival = await this.remember(tx, actor, userId);
    if (arrival === null) return;
    if (await this.notices.tell(tx, actor, userId, { what: 'new-sign-in' })) return;
    await this.known.forget(tx, userId, [arrival.digest], 0);
  }

  /** The same where the user is told of it already: says nothing. */
  async noteSilently(tx: Tx, actor: Actor, userId: string): Promise<void> {
    await this.remember(tx, actor, userId);
  }

  /** Answers the arrival that the user is to be told of, if it is one. */
  private async remember(tx: Tx, actor: Actor, userId: string): Promise<Arrival | null> {
    const [digest = '', ...olderDigests] = this.digestsOf(actor, userId);
    const now = this.clock.now();
    const arrival = { userId, digest, now, forgottenBefore: now - KNOWN_FOR };
    if (!(await this.known.remember(tx, arrival))) return null;
    const isFirst = await this.known.isFirst(tx, userId, now);
    const wasKnown =
      olderDigests.length > 0 && (await this.known.forget(tx, userId, olderDigests, arrival.forgottenBefore));
    return isFirst || wasKnown ? null : arrival;
  }

  /** Newest key first. An HMAC, for there are few enough browsers and addresses to try them all. */
  private digestsOf({ address, userAgent }: Actor, userId: string): readonly string[] {
    const { family } = browserOf(userAgent);
    return this.keys.macs(PURPOSE, [userId, limitsAddress(address), family].join('\0'));
  }
}
