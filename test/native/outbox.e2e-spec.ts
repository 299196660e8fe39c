import { DAY } from '../../src/common/clock.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { TestSmtp } from '../support/smtp.js';

const OUTBOX = '/v1/outbox';
const NOBODY = '0190aaaa-0000-7000-8000-000000000000';

/** Contract 3.6 and 5. */
describe('/v1/outbox', () => {
  let server: TestGatehouse;
  let smtp: TestSmtp;
  let port: number;
  let admin: SignedIn;
  let ids: Record<'sent' | 'waiting' | 'dead', string>;

  beforeAll(async () => {
    smtp = new TestSmtp();
    const url = await smtp.listen();
    port = Number(new URL(url).port);
    server = await startTestGatehouse({ SMTP_URL: url });
    admin = await makeSignedIn(server, { email: 'admin@example.com', level: 'admin' });
    const sent = await invite('sent@example.com');
    await smtp.received(1);
    await smtp.close();
    ids = { sent, waiting: await invite('waiting@example.com'), dead: await invite('dead@example.com') };
    await bury(ids.dead);
    await server.api.post('/api/v1.1/auth/reset-password/', { email: 'nobody@example.com' });
  });
  afterAll(async () => {
    await server.stop();
    await smtp.close();
  });

  const ask = (path = '', headers = bearer(admin.token)) => server.api.get(`${OUTBOX}${path}`, headers);
  const retry = (id: string) => server.api.post(`${OUTBOX}/${id}/retry`, undefined, bearer(admin.token));
  const found = async (query: string) =>
    ((await ask(query)).body.items as { recipient: string }[]).map(
      ({ recipient }) => recipient.split('@')[0],
    );

  /** Makes somebody, who is mailed a link, and answers the mail's id. */
  async function invite(email: string): Promise<string> {
    await server.api.post('/v1/users', { email }, bearer(admin.token));
    return (await ask('?limit=1')).body.items[0].id as string;
  }

  /** A mail as a day of failed attempts leaves it. */
  const bury = (id: string) =>
    server.get(UnitOfWork).run((tx) =>
      tx.execute(
        sql`UPDATE outbox SET state = 'dead', attempts = 40, last_error = 'ESOCKET', lease_holder = NULL,
              leased_until = NULL, next_attempt_at = ${server.clock.now() + DAY} WHERE id = ${id}`,
      ),
    );

  it('tells what became of each mail, newest first, without its words, and of none that was for nobody', async () => {
    expect(await found('')).toEqual(['dead', 'waiting', 'sent']);
    const { body } = await ask(`/${ids.dead}`);
    expect(body).toEqual({
      id: ids.dead,
      kind: 'set-password',
      recipient: 'dead@example.com',
      userId: expect.any(String),
      state: 'dead',
      attempts: 40,
      createdAt: expect.any(String),
      nextAttemptAt: null,
      sentAt: null,
      lastError: 'ESOCKET',
    });
    expect((await ask(`/${ids.sent}`)).body).toMatchObject({ state: 'sent', sentAt: expect.any(String) });
    expect((await ask(`/${ids.waiting}`)).body).toMatchObject({
      state: 'pending',
      nextAttemptAt: expect.any(String),
    });
  });

  it.each([
    ['?state=sent', ['sent']],
    ['?state=pending', ['waiting']],
    ['?state=dead', ['dead']],
    ['?limit=2', ['dead', 'waiting']],
  ])('%s finds %j', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('tells managers how many wait and failed, and since when', async () => {
    const manager = await makeSignedIn(server, {
      email: 'watch@example.com',
      level: 'manager',
      type: 'admin',
    });
    expect((await ask('/state', bearer(manager.token))).body).toEqual({
      waiting: 1,
      dead: 1,
      oldestAt: (await ask(`/${ids.waiting}`)).body.createdAt,
    });
  });

  it('goes on where a page ended', async () => {
    const { body } = await ask('?limit=2');
    expect(await found(`?limit=2&cursor=${body.nextCursor}`)).toEqual(['sent']);
  });

  it.each(['state=void', 'state=x', 'limit=0', 'cursor=x'])('refuses ?%s', async (query) => {
    const answer = await ask(`?${query}`);
    expect(answer.status).toBe(400);
    expect(faultyFields(answer)).toEqual([query.split('=')[0]]);
  });

  it('is for administrators in a session of their own', async () => {
    const manager = await makeSignedIn(server, { email: 'manager@example.com', level: 'manager' });
    const { secret } = await makeKey(server, admin);
    expect((await ask('', bearer(manager.token))).status).toBe(403);
    expect((await ask('', keyHeader(secret))).status).toBe(403);
    expect((await ask('', {})).status).toBe(401);
  });

  it('knows no mail by another id, and sends none again that was sent', async () => {
    expect(outcome(await ask(`/${NOBODY}`))).toEqual(problem(404, 'mail-not-found'));
    expect(outcome(await retry('x'))).toEqual(problem(404, 'mail-not-found'));
    expect(await retry(ids.sent)).toMatchObject({ status: 409, body: { code: 'mail-already-sent' } });
  });

  it('tries a dead mail and one that waits at once, and tells the audit trail', async () => {
    const again = new TestSmtp();
    await again.listen(port);
    try {
      server.clock.advance(1_000);
      expect(outcome(await retry(ids.dead))).toEqual({ status: 204, body: '' });
      expect((await retry(ids.waiting)).status).toBe(204);
      const mails = await again.received(2);
      expect(mails.map(({ to }) => to?.[0]?.address).sort()).toEqual([
        'dead@example.com',
        'waiting@example.com',
      ]);
      const { body } = await server.api.get('/v1/audit?kind=mail.retried', bearer(admin.token));
      expect((body.items as { objectId: string }[]).map(({ objectId }) => objectId)).toEqual([
        ids.waiting,
        ids.dead,
      ]);
    } finally {
      await again.close();
    }
  });
});
