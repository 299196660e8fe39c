import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenHeader, type Answer } from '../support/api.js';
import { dumpDatabase, tracesOf } from '../support/database-dump.js';
import { createDataDir } from '../support/gatehouse.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';
import { HangingSmtp, TestSmtp, type DeliveredMail } from '../support/smtp.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

jest.setTimeout(60_000);

const AUTH = '/api/v1.1/auth';

describe('secrets at rest', () => {
  const key = randomBytes(32);
  const smtp = new TestSmtp();
  const hanging = new HangingSmtp('before greeting');
  let database: TestDatabase;
  let environment: Record<string, string>;
  let secrets: Map<string, string | Buffer>;

  /** Notes something that must stand nowhere, and gives it back. */
  function secret(what: string, value: string): string {
    expect(value.length).toBeGreaterThan(7);
    secrets.set(what, value);
    return value;
  }

  beforeAll(async () => {
    const dataDir = createDataDir();
    database = await createTestDatabase(dataDir);
    const manifests = join(dataDir, 'manifests');
    mkdirSync(manifests);
    secrets = new Map<string, string | Buffer>([['SECRET_KEY', key]]);
    writeFileSync(
      join(manifests, 'users.yaml'),
      `apiVersion: gatehouse/v1
kind: User
metadata: {name: root}
spec: {type: admin, level: superuser, email: root@example.org, password: ${secret('declared password', 'declared in a file 1')}}
---
apiVersion: gatehouse/v1
kind: User
metadata: {name: other}
spec: {passwordFromEnv: OTHER_PASSWORD}
`,
    );
    environment = {
      DATA_DIR: dataDir,
      DATABASE_URL: database.url,
      PORT: '0',
      PUBLIC_URL: 'http://id.gatehouse.test',
      SECRET_KEY: key.toString('base64'),
      HASH_MEMORY_KIB: '64',
      HASH_TIME_COST: '1',
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'trace',
      MANIFESTS_DIR: manifests,
      OTHER_PASSWORD: secret('password from the environment', 'declared elsewhere 1'),
    };
    secrets.set('SECRET_KEY as text', key.toString('base64'));
    environment['SMTP_URL'] = await smtp.listen();
  });
  afterAll(async () => {
    await killProcesses();
    hanging.close();
    await smtp.close();
    await database.drop();
  });

  const read = new Set<DeliveredMail>();

  /** The next mail to somebody; its text and its links' tokens are secrets from now on. */
  async function mailTo(email: string): Promise<DeliveredMail> {
    const isNext = (mail: DeliveredMail) => !read.has(mail) && mail.to?.[0]?.address === email;
    while (!smtp.mails.some(isNext)) await smtp.received(smtp.mails.length + 1);
    const mail = smtp.mails.find(isNext)!;
    read.add(mail);
    for (const line of mail.text!.split('\n').filter((text) => text.trim().length > 15)) {
      secret(`mail: ${line}`, line.trim());
    }
    for (const link of mail.links) secret(`link: ${link}`, link);
    for (const token of mail.text!.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []) {
      secret(`mailed token: ${token}`, token);
    }
    return mail;
  }

  const tokenOf = (mail: DeliveredMail, path: string) =>
    new RegExp(`/${path}/([0-9a-f-]{36})`).exec(mail.text!)?.[1] ?? 'none';

  async function expectNoTrace(text: string): Promise<void> {
    const found = [...secrets].map(([what, value]) => [what, tracesOf(value, text)] as const);
    expect(found.filter(([, traces]) => traces.length > 0)).toEqual([]);
  }

  async function ok(answer: Promise<Answer>, status = 200): Promise<Answer> {
    const received = await answer;
    expect(received).toMatchObject({ status });
    if (typeof received.body.token === 'string')
      secret(`token ${secrets.size}`, received.body.token as string);
    return received;
  }

  it('finds what is there: the search can fail', async () => {
    const server = new GatehouseProcess(environment);
    await server.ready();
    await server.stop();
    const dump = await dumpDatabase(database);
    for (const plain of ['root@example.org', '$argon2id$v=19$m=64']) {
      expect(tracesOf(plain, dump)).toEqual(expect.arrayContaining(['bytes']));
    }
    expect(tracesOf('Manifests: 2 created', server.log)).toEqual(expect.arrayContaining(['bytes']));
  });

  it('keeps nothing of the path of document 004 in the database or the log', async () => {
    const server = new GatehouseProcess(environment);
    const api = await server.ready();
    const email = 'ann@example.org';
    const first = secret('password', 'correct "horse" 1');
    const second = secret('reset password', 'another horse 2');
    const third = secret('changed password', 'yet a third horse 3');

    const registered = await ok(
      api.post(`${AUTH}/register/`, { email, password1: first, password2: first }),
      201,
    );
    const login = await ok(api.post(`${AUTH}/login/`, { email, password: first }));
    const token = login.body.token as string;
    await ok(api.get('/api/v1.1/account/me/', tokenHeader(token)));
    const me = await ok(api.get(`/api/v1.1/account/me/?c_auth_with_token=${token}`));
    const unsubscribe = new URL(me.body.unsubscribe_notification_url as string).pathname;
    secret('unsubscribe token', unsubscribe.split('/').filter(Boolean).at(-1)!);
    await ok(api.get(unsubscribe));
    await ok(api.post(unsubscribe));
    await ok(api.patch('/api/v1.1/account/me/', { first_name: 'Ann', password: third }, tokenHeader(token)));

    await ok(api.post(`${AUTH}/reset-password/`, { email }));
    const reset = await mailTo(email);
    const changed = await ok(
      api.post(`${AUTH}/change-password/`, {
        email,
        password1: second,
        password2: second,
        password_change_token: tokenOf(reset, 'reset-password'),
      }),
    );
    const own = { email, password1: third, password2: third };
    await ok(api.post(`${AUTH}/change-password/`, own, tokenHeader(changed.body.token as string)));

    const bob = 'bob@example.org';
    await ok(api.post(`${AUTH}/register/`, { email: bob }), 201);
    const welcome = await mailTo(bob);
    const set = { email: bob, password1: second, password2: second };
    await ok(
      api.post(`${AUTH}/change-password/`, {
        ...set,
        password_change_token: tokenOf(welcome, 'set-password'),
      }),
    );

    // What is refused is as secret: a slip of the keyboard is nearly a password.
    const wrong = secret('mistyped password', 'correct horse 1?');
    await ok(api.post(`${AUTH}/login/`, { email, password: wrong }), 401);
    await ok(api.post(`${AUTH}/login/`, { email: 'nobody@example.org', password: wrong }), 401);
    const broken = await api.post(`${AUTH}/login/`, `{"email":"${email}","password":"${wrong}`, {
      'content-type': 'application/json',
    });
    expect(broken.status).toBe(400);
    const guess = secret('guessed token', randomBytes(20).toString('hex'));
    await ok(api.get(`/api/v1.1/account/me/?c_auth_with_token=${guess}`), 403);
    await ok(api.get('/v1/me', { authorization: `Bearer ${guess}` }), 401);
    await ok(api.get(`/c/confirm-user-email/${guess}`), 404);
    await ok(api.get(`/c/unsubscribe-notifications/${guess}`), 404);
    await ok(api.get(`/v1/users?q=${secret('query', 'whom-i-look-for')}`), 401);
    await ok(api.get(`/nowhere/${secret('unrouted path', 'a-path-of-a-token')}`), 404);
    expect(registered.body.token).not.toBe(token);

    await expectNoTrace(await dumpDatabase(database));
    await server.stop();
    await expectNoTrace(await dumpDatabase(database));
    expect(server.log).toContain('"route":"/c/confirm-user-email/:token"');
    await expectNoTrace(server.stdout + server.stderr);
  });

  it('keeps nothing of a mail that waits, nor of one that was sent', async () => {
    const held = new GatehouseProcess({
      ...environment,
      SMTP_URL: await hanging.listen(),
      AUTH_CONFIRM_EMAIL_ENABLE: 'true',
      DEFAULT_REGISTER_EMAIL_FORMAT: `${secret('own words', 'A sentence that stands in no template')}: {link}`,
    });
    const api = await held.ready();
    const password = secret('unconfirmed password', 'unconfirmed horse 4');
    await ok(
      api.post(`${AUTH}/register/`, { email: 'cy@example.org', password1: password, password2: password }),
      201,
    );
    await ok(api.post(`${AUTH}/register/`, { email: 'di@example.org' }), 201);
    await ok(api.post(`${AUTH}/reset-password/`, { email: 'bob@example.org' }));
    await hanging.reached;
    const waiting = await dumpDatabase(database);
    expect(tracesOf('di@example.org', waiting)).toEqual(expect.arrayContaining(['bytes']));
    await held.stop();

    const sending = new GatehouseProcess({ ...environment, AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
    const again = await sending.ready();
    await mailTo('bob@example.org');
    const mails = { cy: await mailTo('cy@example.org'), di: await mailTo('di@example.org') };
    expect(mails.di.text).toContain('A sentence that stands in no template: http');

    for (const mail of [mails.cy, mails.di]) {
      const confirm = `/c/confirm-user-email/${tokenOf(mail, 'confirm-user-email')}`;
      await ok(again.get(confirm));
      await ok(again.post(confirm));
      const twice = await again.post(confirm);
      expect(twice.status).toBeGreaterThanOrEqual(400);
    }
    await ok(again.post(`${AUTH}/login/`, { email: 'cy@example.org', password }));
    await sending.stop();

    await expectNoTrace(waiting);
    await expectNoTrace(await dumpDatabase(database));
    const sent = await queryDatabase(database, `SELECT content FROM outbox WHERE state = 'sent'`);
    expect(sent).toHaveLength(smtp.mails.length);
    expect(sent.filter(({ content }) => content !== null)).toEqual([]);
    await expectNoTrace(held.stdout + held.stderr + sending.stdout + sending.stderr);
  });
});
