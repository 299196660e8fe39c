import { Injectable } from '@nestjs/common';
import type { Level } from '../common/levels.js';
import type { Db } from '../database/db.js';
import { asBoolean, type SqlBoolean } from '../database/rows.js';
import { sql } from '../database/sql.js';

/** Everything on which it hangs what a user is asked for. */
export interface FactorFacts {
  readonly level: Level;
  readonly hasApp: boolean;
  readonly hasPasskey: boolean;
  /** Where the codes go that he asked for himself. */
  readonly codeAddress: string | null;
  readonly confirmedAddress: string | null;
  /** Users of this level and above must have a factor; null is nobody. */
  readonly requiredFrom: Level | null;
}

interface FactsRow {
  level: Level;
  app_confirmed_at: number | null;
  has_passkey: SqlBoolean;
  code_address: string | null;
  confirmed_address: string | null;
  required_from: Level | null;
}

/** What every sign-in looks at once its password was right, in one look. */
@Injectable()
export class FactorDemandsRepository {
  async find(db: Db, userId: string): Promise<FactorFacts | null> {
    const [row] = await db.query<FactsRow>(
      sql`SELECT u.level, (SELECT t.confirmed_at FROM totp_factors t WHERE t.user_id = u.id) AS app_confirmed_at,
            EXISTS (SELECT 1 FROM passkeys k WHERE k.user_id = u.id) AS has_passkey,
            (SELECT e.address FROM email_factors e WHERE e.user_id = u.id AND e.enabled_at IS NOT NULL) AS code_address,
            CASE WHEN u.email_confirmed_at IS NOT NULL THEN u.email END AS confirmed_address,
            (SELECT p.required_from FROM factor_policy p) AS required_from
          FROM users u WHERE u.id = ${userId}`,
    );
    if (!row) return null;
    return {
      level: row.level,
      hasApp: row.app_confirmed_at !== null,
      hasPasskey: asBoolean(row.has_passkey),
      codeAddress: row.code_address,
      confirmedAddress: row.confirmed_address,
      requiredFrom: row.required_from,
    };
  }
}
