import { asBoolean, asTexts, type SqlBoolean } from '../database/rows.js';
import { sql } from '../database/sql.js';
import type { Level, UserType } from '../common/levels.js';
import { isPermission } from '../common/permissions.js';
import type { UserSummary } from '../common/security/principal.js';
import type { UserRecord, UserState } from './user.js';

/** The columns of a `UserRecord`, of table alias `u`, prefixed so that a join can hold them beside others. */
export const USER_COLUMNS = sql`u.id AS u_id, u.type AS u_type, u.level AS u_level, u.state AS u_state,
  u.email AS u_email, u.username AS u_username, u.phone AS u_phone, u.card AS u_card,
  u.first_name AS u_first_name, u.last_name AS u_last_name, u.locale AS u_locale,
  u.email_confirmed_at AS u_email_confirmed_at, u.password_hash AS u_password_hash,
  u.password_changed_at AS u_password_changed_at, u.grant_epoch AS u_grant_epoch,
  u.unsubscribed_from_all AS u_unsubscribed_from_all, u.unsubscribed_from AS u_unsubscribed_from,
  u.roles AS u_roles, u.networks AS u_networks, u.role_id AS u_role_id,
  u.address AS u_address, u.zip_code AS u_zip_code,
  (SELECT r.permissions FROM roles r WHERE r.id = u.role_id) AS u_permissions,
  u.created_at AS u_created_at, u.updated_at AS u_updated_at`;

/** A row of `USER_COLUMNS` as the drivers give it. */
export interface UserRow {
  u_id: string;
  u_type: UserType;
  u_level: Level;
  u_state: UserState;
  u_email: string | null;
  u_username: string | null;
  u_phone: string | null;
  u_card: string | null;
  u_first_name: string;
  u_last_name: string;
  u_locale: string | null;
  u_email_confirmed_at: number | null;
  u_password_hash: string | null;
  u_password_changed_at: number | null;
  u_grant_epoch: number;
  u_unsubscribed_from_all: SqlBoolean;
  u_unsubscribed_from: string | null;
  u_roles: string;
  u_networks: string;
  u_role_id: string | null;
  u_address: string | null;
  u_zip_code: string | null;
  u_permissions: string | null;
  u_created_at: number;
  u_updated_at: number;
}

/** The part of a row that may be cached beside a credential: no hash, no epoch. */
export function toUserSummary(row: UserRow): UserSummary {
  return {
    id: row.u_id,
    type: row.u_type,
    level: row.u_level,
    email: row.u_email,
    username: row.u_username,
    firstName: row.u_first_name,
    lastName: row.u_last_name,
    phone: row.u_phone,
    locale: row.u_locale,
    hasPassword: row.u_password_hash !== null,
    isEmailConfirmed: row.u_email_confirmed_at !== null,
    unsubscribedFromAll: asBoolean(row.u_unsubscribed_from_all),
    unsubscribedFrom: asTexts(row.u_unsubscribed_from),
    roles: asTexts(row.u_roles),
    roleId: row.u_role_id,
    permissions: asTexts(row.u_permissions).filter(isPermission),
    createdAt: row.u_created_at,
    updatedAt: row.u_updated_at,
  };
}

export function toUserRecord(row: UserRow): UserRecord {
  return {
    ...toUserSummary(row),
    state: row.u_state,
    card: row.u_card,
    address: row.u_address,
    zipCode: row.u_zip_code,
    emailConfirmedAt: row.u_email_confirmed_at,
    passwordHash: row.u_password_hash,
    passwordChangedAt: row.u_password_changed_at,
    networks: asTexts(row.u_networks),
    grantEpoch: row.u_grant_epoch,
  };
}
