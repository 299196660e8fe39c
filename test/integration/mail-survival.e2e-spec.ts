import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { TestApi } from '../support/api.js';
import { createDataDir } from '../support/gatehouse.js';
import { freePort, GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { HangingSmtp, TestSmtp, type DeliveredMail } from '../support/smtp.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(60_000);

const PASSWORD = 'correct horse 1';

describe('mail survives', () => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  let smtp: TestSmtp;

  beforeEach(async () => {
    const dataDir = createDataDir();
    database = await createTestDatabase(dataDir);
    environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      PORT: '0',
      PUBLIC_URL: 'http://id.gatehouse.test',
      SECRET_KEY: randomBytes(32).toString('base64'),
      HASH_MEMORY_KIB: '64',
      HASH_TIME_COST: '1',
      RATE_LIMITS: 'off',
    };
    smtp = new TestSmtp();
  });
  afterEach(async () => {
    await killProcesses();
    await smtp.close();
    await database.drop();
  });

  const start = (url: string) => new GatehouseProcess({ ...environment, SMTP_URL: url });

  async function register(api: TestApi, email: string): Promise<void> {
    expect(await api.post('/api/v1.1/auth/register/', { email })).toMatchObject({ status: 201 });
  }

  /** The link of the mail sets the password of its recipient. */
  async function expectToWork(api: TestApi, mail: DeliveredMail, email: string): Promise<void> {
    expect(mail.to?.map(({ address }) => address)).toEqual([email]);
    expect(mail.links).toHaveLength(1);
    const link = /^http:\/\/id\.gatehouse\.test\/#\/set-password\/([0-9a-f-]{36})\/(.+)\/$/.exec(
      mail.links[0]!,
    );
    expect(link?.[2]).toBe(encodeURIComponent(email));
    const changed = await api.post('/api/v1.1/auth/change-password/', {
      email,
      password1: PASSWORD,
      password2: PASSWORD,
      password_change_token: link?.[1],
    });
    expect(changed.status).toBe(200);
  }

  /** Lets the lease of a process that was killed run out without waiting for it. */
  const endLeases = () =>
    queryDatabase(database, 'UPDATE outbox SET leased_until = leased_until - 20000 RETURNING lease_holder');

  /** Nothing is left to send: what was sent was recorded, so nothing is sent twice. */
  async function expectAllSent(server: GatehouseProcess): Promise<void> {
    await server.stop();
    expect(await queryDatabase(database, `SELECT id FROM outbox WHERE state <> 'sent'`)).toEqual([]);
  }

  it.each(['before greeting', 'after mail'] as const)(
    'a process that is killed while its SMTP server hangs %s',
    async (hangs) => {
      const hanging = new HangingSmtp(hangs);
      const first = start(await hanging.listen());
      await register(await first.ready(), 'ann@example.org');
      await hanging.reached;
      expect(await first.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });
      hanging.close();

      expect(await endLeases()).toEqual([{ lease_holder: expect.any(String) }]);
      const second = start(await smtp.listen());
      const api = await second.ready();
      const [mail] = await smtp.received(1);
      await expectToWork(api, mail!, 'ann@example.org');
      await expectAllSent(second);
      expect(smtp.mails).toHaveLength(1);
    },
  );

  it('a process that is killed as soon as it has answered', async () => {
    const first = start(`smtp://127.0.0.1:${await freePort()}`);
    const emails = ['ann@example.org', 'bob@example.org', 'cy@example.org'];
    const api = await first.ready();
    await Promise.all(emails.map((email) => register(api, email)));
    expect(await first.stop('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' });

    await endLeases();
    const second = start(await smtp.listen());
    const again = await second.ready();
    const mails = await smtp.received(3);
    for (const email of emails) {
      const his = mails.filter((mail) => mail.to?.[0]?.address === email);
      expect(his).toHaveLength(1);
      await expectToWork(again, his[0]!, email);
    }
    await expectAllSent(second);
    expect(smtp.mails).toHaveLength(3);
  });

  it('an SMTP server that is away for a while', async () => {
    const port = await freePort();
    const server = start(`smtp://127.0.0.1:${port}`);
    const api = await server.ready();
    const emails = Array.from({ length: 6 }, (_, index) => `user${index}@example.org`);
    for (const email of emails) await register(api, email);
    await server.printed(/The mail server cannot be reached: ECONNREFUSED/);

    await smtp.listen(port);
    const mails = await smtp.received(emails.length);
    await server.printed(/The mail server can be reached again/);
    expect(mails.map((mail) => mail.to?.[0]?.address).sort()).toEqual(emails);
    for (const mail of mails) await expectToWork(api, mail, mail.to![0]!.address!);
    await expectAllSent(server);
    expect(smtp.mails).toHaveLength(emails.length);
  });

  it('and is sent right after the commit when nothing is in its way', async () => {
    const server = start(await smtp.listen());
    const api = await server.ready();
    for (const [index, email] of ['ann@example.org', 'bob@example.org', 'cy@example.org'].entries()) {
      await register(api, email);
      const answeredAt = Date.now();
      const mails = await smtp.received(index + 1);
      // Long before this process looks at an idle outbox of its own accord.
      expect(mails[index]!.at - answeredAt).toBeLessThan(1_000);
    }
    await expectAllSent(server);
  });
});
