import { setImmediate as turn } from 'node:timers/promises';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { Tx } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { Outbox } from '../../src/mail/outbox.service.js';
import { bearer, outcome } from '../support/api.js';
import { makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { makeKeyHolder, showPasskey } from '../support/passkeys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

const ERASED = { status: 204, body: '' };
const isPostgres = process.env['TEST_DATABASE'] === 'postgres';

/** What runs while a person is erased leaves nothing of him behind. */
describe('while a person is erased', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@raced.example`;
  const newPerson = () => makeSignedIn(server, { email: freshEmail() });
  const erase = ({ token }: SignedIn) =>
    server.api.send('DELETE', '/v1/me', undefined, bearer(token)).then(outcome);
  const rowsWith = async (table: string, text: string) => {
    const rows = await queryDatabase(server.database, `SELECT * FROM "${table}"`);
    return rows.filter((row) => JSON.stringify(row).includes(text));
  };
  const mailTo = ({ uid, email }: SignedIn) => ({
    template: 'already-registered' as const,
    ...{ recipient: email, userId: uid, locale: null, values: {} },
  });

  /** Runs `first` and, before it is committed, `second`, until that waits for it or has ended. */
  async function during<T>(first: (tx: Tx) => Promise<unknown>, second: () => Promise<T>): Promise<T> {
    let isSettled = false;
    let later: Promise<T> | undefined;
    await server.get(UnitOfWork).run(async (tx) => {
      await first(tx);
      later ??= second().finally(() => (isSettled = true));
      // On SQLite units wait for each other anyway.
      while (isPostgres && !isSettled && !(await isAnyoneWaiting())) await turn();
    });
    return later!;
  }

  async function isAnyoneWaiting(): Promise<boolean> {
    const waiting = await queryDatabase(
      server.database,
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  }

  it('a mail that is written at the same moment goes with him', async () => {
    const ada = await newPerson();
    const enqueue = (tx: Tx) => server.get(Outbox).enqueue(tx, mailTo(ada));
    expect(await during(enqueue, () => erase(ada))).toEqual(ERASED);
    expect(await rowsWith('outbox', ada.uid)).toEqual([]);
  });

  it('a mail to him that is written a moment later is not', async () => {
    const ada = await newPerson();
    expect(await erase(ada)).toEqual(ERASED);
    await server.get(UnitOfWork).run((tx) => server.get(Outbox).enqueue(tx, mailTo(ada)));
    expect(await rowsWith('outbox', ada.uid)).toEqual([]);
  });

  it('his sign-in is refused as any other', async () => {
    const holder = await makeKeyHolder(server, { email: freshEmail() });
    const remove = (tx: Tx) => tx.execute(sql`DELETE FROM users WHERE id = ${holder.uid}`);
    const signIn = () => showPasskey(server, holder.device).then(outcome);
    expect(await during(remove, signIn)).toEqual(problem(401, 'wrong-credentials'));
  });

  it('a link is asked for as by anybody, and is none', async () => {
    for (const [path, status] of [
      ['/api/v1.1/auth/reset-password/', 200],
      ['/v1/sign-in-links', 202],
    ] as const) {
      const ada = await newPerson();
      const remove = (tx: Tx) => tx.execute(sql`DELETE FROM users WHERE id = ${ada.uid}`);
      const request = () => server.api.post(path, { email: ada.email });
      expect((await during(remove, request)).status).toBe(status);
      expect(await rowsWith('one_time_tokens', ada.email)).toEqual([]);
      expect(await rowsWith('outbox', ada.email)).toEqual([]);
    }
  });

  it('links that were asked for once too often keep no address of his', async () => {
    const ada = await newPerson();
    for (let times = 0; times < 2; times++) {
      await server.api.post('/api/v1.1/auth/reset-password/', { email: ada.email });
      await server.api.post('/v1/sign-in-links', { email: ada.email });
    }
    expect(await rowsWith('one_time_tokens', ada.uid)).toHaveLength(2);
    expect(await erase(ada)).toEqual(ERASED);
    expect(await rowsWith('one_time_tokens', ada.email)).toEqual([]);
  });

  it('who tries a name that nobody has leaves it nowhere', async () => {
    const email = freshEmail();
    await server.api.post('/api/v1.1/auth/reset-password/', { email });
    await server.api.post('/v1/sign-in-links', { email });
    expect(await rowsWith('one_time_tokens', email)).toEqual([]);
  });
});
