// Fills a migrated database with a million users and what hangs on them, by the database's own means.
import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import pg from 'pg';

export const USERS = Number(process.env.BENCH_USERS ?? 1_000_000);
const SESSIONS_EACH = 2;
const EVENTS_EACH = 3;
const HEAVY_SESSIONS = USERS / 10;
const HEAVY_EVENTS = (USERS * 3) / 10;
const DAY = 86_400_000;

/** The id of the n-th user, in order of creation. */
export const idOf = (n) => `0190aaaa-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
/** Somebody with very many sessions and events. */
export const HEAVY = idOf(777);

const DIALECTS = {
  sqlite: {
    series: (count) =>
      `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n) AS n`,
    id: (block, i = 'i') => `printf('0190${block}-0000-7000-8000-%012x', ${i})`,
    no: '0',
  },
  postgres: {
    series: (count) => `generate_series(1::bigint, ${count}::bigint) AS n(i)`,
    id: (block, i = 'i') => `('0190${block}-0000-7000-8000-' || lpad(to_hex(${i}), 12, '0'))`,
    no: 'false',
  },
};

const NAMES = [
  'anna',
  'jan',
  'maria',
  'piotr',
  'zofia',
  'adam',
  'ewa',
  'karol',
  'lena',
  'oskar',
  'iga',
  'tomasz',
];
const name =
  NAMES.reduce((all, one, at) => `${all} WHEN ${at} THEN '${one}'`, `CASE i % ${NAMES.length}`) + ' END';
const kind =
  "CASE WHEN i % 100000 = 1 THEN 'user.erased' WHEN i % 5000 = 2 THEN 'key.revoked' WHEN i % 3 = 0 THEN 'session.ended' ELSE 'session.opened' END";

function statements({ series, id, no }, now) {
  const grant = `kind, surface, scope, epoch, created_at, authenticated_at, expires_at, last_used_at, address, user_agent, description`;
  const event = `id, at, kind, actor_kind, actor_id, user_id, object_id, address, request_id, surface`;
  const user = id('aaaa');
  return [
    `INSERT INTO users (id, type, level, state, email, username, first_name, last_name, grant_epoch, unsubscribed_from_all,
        unsubscribed_from, roles, networks, created_at, updated_at)
      SELECT ${user}, CASE WHEN i % 100 = 0 THEN 'admin' WHEN i % 33 = 0 THEN 'seller' ELSE 'customer' END,
        CASE WHEN i % 5000 = 0 THEN 'admin' WHEN i % 900 = 0 THEN 'manager' ELSE 'member' END,
        CASE WHEN i % 1000 = 7 THEN 'blocked' ELSE 'active' END,
        ${name} || i || '@example.org', 'u' || i, ${name}, 'Kowalska', 0, ${no}, '[]', '[]', '[]', ${now}, ${now}
      FROM ${series(USERS)}`,
    `INSERT INTO user_identifiers (value, kind, user_id)
      SELECT ${name} || i || '@example.org', 'email', ${user} FROM ${series(USERS)}`,
    `INSERT INTO user_identifiers (value, kind, user_id) SELECT 'u' || i, 'username', ${user} FROM ${series(USERS)}`,
    `INSERT INTO accounts (owner_id, name, created_at, updated_at)
      SELECT ${user}, ${name}, ${now}, ${now} FROM ${series(USERS)}`,
    ...Array.from(
      { length: SESSIONS_EACH },
      (_, at) => `INSERT INTO grants (id, user_id, ${grant})
        SELECT ${id(`bbb${at}`)}, ${user}, 'session', 'native', '[]', 0, ${now} - i, ${now} - i, ${now + 30 * DAY}, ${now}, '192.0.2.1',
          'Firefox', 'Login' FROM ${series(USERS)}`,
    ),
    `INSERT INTO grants (id, user_id, ${grant}, revoked_at)
      SELECT ${id('bbbf')}, '${HEAVY}', 'session', 'native', '[]', 0, ${now} - i, ${now} - i, ${now + 30 * DAY}, ${now}, '192.0.2.1',
        'Firefox', 'Login', CASE WHEN i % 1000 = 0 THEN NULL ELSE ${now} END FROM ${series(HEAVY_SESSIONS)}`,
    ...Array.from(
      { length: EVENTS_EACH },
      (_, at) => `INSERT INTO audit_events (${event})
        SELECT ${id(`ccc${at}`)}, ${now} - (${USERS} - i) * ${Math.floor((90 * DAY) / USERS)} - ${at}, ${kind}, 'user', ${user},
          ${user}, 'x', '192.0.2.1', 'request', 'native' FROM ${series(USERS)}`,
    ),
    `INSERT INTO audit_events (${event})
      SELECT ${id('cccf')}, ${now} - (${HEAVY_EVENTS} - i) * ${Math.floor((90 * DAY) / HEAVY_EVENTS)}, 'session.opened', 'user',
        '${HEAVY}', '${HEAVY}', 'x', '192.0.2.1', 'request', 'native' FROM ${series(HEAVY_EVENTS)}`,
  ];
}

/** Fills the database, and makes the user with this address a superuser. */
export async function seed(databaseUrl, superuser) {
  const start = performance.now();
  const now = Date.now();
  const promote = `UPDATE users SET type = 'admin', level = 'superuser' WHERE email = '${superuser}'`;
  if (databaseUrl.startsWith('sqlite:')) {
    const database = new Database(databaseUrl.slice('sqlite:'.length));
    database.pragma('synchronous = OFF');
    for (const text of [...statements(DIALECTS.sqlite, now), promote, 'ANALYZE']) database.exec(text);
    database.close();
  } else {
    const client = new pg.Client(databaseUrl);
    await client.connect();
    for (const text of [...statements(DIALECTS.postgres, now), promote, 'VACUUM ANALYZE'])
      await client.query(text);
    await client.end();
  }
  console.log(`${USERS} users were there after ${((performance.now() - start) / 1000).toFixed(0)} s`);
}
