import { Injectable } from '@nestjs/common';
import type { Db } from '../../database/db.js';
import { sql } from '../../database/sql.js';
import { toUserRecord, USER_COLUMNS, type UserRow } from '../../users/user-rows.js';
import type { Arrival } from './import-run.js';

/** A user as he leaves, with his id here. */
export interface Departure extends Arrival {
  readonly id: string;
}

interface DepartureRow extends UserRow {
  accepted_terms_at: number | null;
  foreign_id: string | null;
  account_name: string | null;
  role: string | null;
}

/** Users with all that moves with them. */
@Injectable()
export class UserExportsRepository {
  /** Users after `afterId` in order of creation, with the foreign ids of one source. */
  async findPage(
    db: Db,
    { source, afterId, limit }: { source: string; afterId: string; limit: number },
  ): Promise<Departure[]> {
    const rows = await db.query<DepartureRow>(
      sql`SELECT ${USER_COLUMNS}, u.accepted_terms_at, a.name AS account_name,
            (SELECT f.foreign_id FROM user_foreign_ids f WHERE f.user_id = u.id AND f.source = ${source}) AS foreign_id,
            (SELECT r.name FROM roles r WHERE r.id = u.role_id) AS role
          FROM users u LEFT JOIN accounts a ON a.owner_id = u.id
          WHERE u.id > ${afterId} ORDER BY u.id LIMIT ${limit}`,
    );
    return rows.map(toDeparture);
  }
}

function toDeparture(row: DepartureRow): Departure {
  const user = toUserRecord(row);
  return {
    id: user.id,
    externalId: row.foreign_id,
    type: user.type,
    level: user.level,
    state: user.state,
    email: user.email,
    emailConfirmedAt: user.emailConfirmedAt,
    username: user.username,
    phone: user.phone,
    card: user.card,
    firstName: user.firstName,
    lastName: user.lastName,
    locale: user.locale,
    address: user.address,
    zipCode: user.zipCode,
    passwordHash: user.passwordHash,
    passwordChangedAt: user.passwordChangedAt,
    acceptedTermsAt: row.accepted_terms_at,
    unsubscribedFromAll: user.unsubscribedFromAll,
    unsubscribedFrom: user.unsubscribedFrom,
    roles: user.roles,
    networks: user.networks,
    createdAt: user.createdAt,
    accountName: row.account_name,
    role: row.role,
  };
}
