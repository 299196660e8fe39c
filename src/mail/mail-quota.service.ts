import { Injectable } from '@nestjs/common';
import { Clock, HOUR, MINUTE } from '../common/clock.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { Config } from '../config/config.js';
import type { Tx } from '../database/db.js';
import { sql } from '../database/sql.js';
import { KeyRing } from '../secrets/key-ring.js';

/** Which mails count together: those of one purpose to one recipient. */
export interface MailQuotaRequest {
  readonly recipient: string;
  readonly purpose: string;
  /** Shortest time between two mails, in ms; a minute when not given. Holds with `RATE_LIMITS=off` too. */
  readonly atMostOncePer?: number;
}

/** Keeps one address from being flooded (contract 3.12, 3.14). */
@Injectable()
export class MailQuota {
  constructor(
    private readonly keys: KeyRing,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * True when the mail may be sent, and then it is counted; false changes nothing. With
   * `RATE_LIMITS=on` no hour holds more than five. Of callers that race exactly one gets true. The
   * row holds an HMAC, so it tells nobody whom it is about.
   */
  async tryTake(tx: Tx, request: MailQuotaRequest): Promise<boolean> {
    const now = this.clock.now();
    const key = this.keys.mac('mail-quota', `${request.purpose}\0${normaliseIdentifier(request.recipient)}`);
    const mayAgain = sql`mail_quota.last_at <= ${now - (request.atMostOncePer ?? MINUTE)}`;
    const hourIsFree = this.config.server.rateLimits
      ? sql`(mail_quota.fifth_last_at IS NULL OR mail_quota.fifth_last_at <= ${now - HOUR})`
      : sql`1 = 1`;
    const rows = await tx.query(sql`
      INSERT INTO mail_quota (key, last_at) VALUES (${key}, ${now})
      ON CONFLICT (key) DO UPDATE SET
        last_at = excluded.last_at,
        second_last_at = mail_quota.last_at,
        third_last_at = mail_quota.second_last_at,
        fourth_last_at = mail_quota.third_last_at,
        fifth_last_at = mail_quota.fourth_last_at
      WHERE ${mayAgain} AND ${hourIsFree}
      RETURNING key`);
    return rows.length > 0;
  }
}
