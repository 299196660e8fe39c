import { Injectable } from '@nestjs/common';
import type { Db } from '../database/db.js';
import { told, type DataSubject, type Told } from '../database/personal-data.service.js';
import { sql } from '../database/sql.js';
import { toUserRecord, USER_COLUMNS, type UserRow } from './user-rows.js';

/** A user as he is told what is kept of him. */
@Injectable()
export class PersonalUserRepository {
  async tell(db: Db, { userId }: DataSubject): Promise<Told | null> {
    const [row] = await db.query<UserRow & { accepted_terms_at: number | null }>(
      sql`SELECT ${USER_COLUMNS}, u.accepted_terms_at FROM users u WHERE u.id = ${userId}`,
    );
    if (!row) return null;
    const user = toUserRecord(row);
    const { id, type, level, state, email, username, phone, card, firstName, lastName, locale } = user;
    return {
      ...{ id, type, level, state, email, username, phone, card, firstName, lastName, locale },
      address: user.address,
      zipCode: user.zipCode,
      emailConfirmedAt: told(user.emailConfirmedAt),
      hasPassword: user.hasPassword,
      passwordChangedAt: told(user.passwordChangedAt),
      emailNotifications: !user.unsubscribedFromAll,
      unsubscribedFrom: user.unsubscribedFrom,
      roles: user.roles,
      roleId: user.roleId,
      permissions: user.permissions,
      networks: user.networks,
      acceptedTermsAt: told(row.accepted_terms_at),
      createdAt: told(user.createdAt),
      updatedAt: told(user.updatedAt),
    };
  }
}
