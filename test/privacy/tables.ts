import { queryDatabase } from '../support/raw-database.js';
import type { TestDatabase } from '../support/test-database.js';

/** A column that holds somebody's id, account or address, or hangs on what does. */
const REFERENCE =
  /^(user_id|owner_id|account_id|actor_id|created_by|subject_id|object_id|grant_id|session_id|successor_id|collaborator_id|email|recipient|phone|address|subject|video_id)$/;

/** Of each table that refers to somebody, the section of the export that tells of its rows. */
export const TOLD: Readonly<Record<string, string>> = {
  accounts: 'account',
  api_keys: 'permanentKeys',
  audit_events: 'auditEvents',
  collaborators: 'invitations',
  declarations: 'manifests',
  email_factors: 'secondFactors',
  grants: 'sessions',
  guest_sessions: 'guestSessions',
  known_browsers: 'knownBrowsers',
  linked_identities: 'linkedIdentities',
  media: 'account',
  one_time_tokens: 'mailedLinks',
  outbox: 'mails',
  passkeys: 'passkeys',
  profiles: 'profiles',
  recovery_codes: 'recoveryCodes',
  totp_factors: 'secondFactors',
  trusted_devices: 'trustedDevices',
  user_identifiers: 'user',
  users: 'user',
  videos: 'videos',
};

/** Tables that refer to somebody and are not told; a new line here is a decision (docs/adr/0010). */
export const NOT_TOLD: Readonly<Record<string, string>> = {
  change: 'that something of him changed: his id, for an hour, for the other nodes',
  collaborator_sessions: 'which of his sessions looked at what he is invited to: the invitations are told',
  collaborator_tokens: 'digests of links to the videos that are told',
  credentials: 'digests of what opens the sessions and keys that are told',
  idempotency_keys: 'a digest beside the id of what was made, for a day',
  mailed_codes: 'a digest of a code, for ten minutes',
  sign_in_proofs: 'what a provider vouched for, for ten minutes; nobody’s until it is used',
};

export async function columnsOf(database: TestDatabase, table: string): Promise<string[]> {
  const rows = await queryDatabase(
    database,
    database.dialect === 'sqlite'
      ? `SELECT name FROM pragma_table_info('${table}')`
      : `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '${table}'`,
  );
  return rows.map(({ name }) => String(name));
}

/** Whether a table has a column by which its rows are somebody's. */
export async function refersToSomebody(database: TestDatabase, table: string): Promise<boolean> {
  return (await columnsOf(database, table)).some((column) => REFERENCE.test(column));
}
