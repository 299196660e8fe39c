import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const MAILBOX = '/v1/mailbox';
const NAME = /^\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z-set-password-[0-9a-f-]{36}\.eml$/;

describe('/v1/mailbox', () => {
  let server: TestGatehouse;
  let root: SignedIn;
  let folder: string;

  beforeAll(async () => {
    server = await startTestGatehouse();
    folder = join(server.dataDir, 'mailbox');
    root = await makeSignedIn(server, { email: 'root@example.com', level: 'superuser', type: 'admin' });
    for (const name of ['ada', 'zoe', 'eve']) {
      await server.api.post('/api/v1.1/auth/register/', { email: `${name}@example.com` });
      await server.mailbox.waitFor(`${name}@example.com`);
    }
    writeFileSync(join(folder, 'note.txt'), 'no mail');
    writeFileSync(join(server.dataDir, 'outside.eml'), 'Subject: outside\r\n\r\nout');
    symlinkSync(
      join(server.dataDir, 'outside.eml'),
      join(folder, '2020-01-01T000000.000Z-set-password-0190aaaa-0000-7000-8000-000000000000.eml'),
    );
  });
  afterAll(() => server.stop());

  const ask = (path = '') => server.api.get(`${MAILBOX}${path}`, bearer(root.token));

  it('shows whole mails, newest first, and no other file', async () => {
    const { body } = await ask();
    expect(body.nextCursor).toBeNull();
    expect((body.items as { to: string }[]).map(({ to }) => to)).toEqual([
      'eve@example.com',
      'zoe@example.com',
      'ada@example.com',
    ]);
    const [mail] = await server.mailbox.to('eve@example.com');
    expect(body.items[0]).toEqual({
      name: expect.stringMatching(NAME),
      to: 'eve@example.com',
      subject: mail!.subject,
      date: new Date(mail!.date!).toISOString(),
      text: mail!.text,
    });
    expect(body.items[0].text).toContain(mail!.links[0]);
  });

  it('goes on where a page ended', async () => {
    const first = (await ask('?limit=2')).body;
    expect(first.items).toHaveLength(2);
    expect(first.nextCursor).toBe(first.items[1].name);
    const second = (await ask(`?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second.items[0].to).toBe('ada@example.com');
  });

  it('shows a mail that does not tell when it was written', async () => {
    const name = '2020-01-01T000000.000Z-set-password-0190aaaa-0000-7000-8000-000000000002.eml';
    const path = join(folder, name);
    writeFileSync(path, 'To: ann@example.com\r\nSubject: odd\r\nDate: some day\r\n\r\nHello');
    const shown = {
      name,
      to: 'ann@example.com',
      subject: 'odd',
      date: null,
      text: expect.stringContaining('Hello'),
    };
    try {
      expect((await ask(`/${name}`)).body).toEqual(shown);
      expect((await ask()).body.items.at(-1)).toEqual(shown);
    } finally {
      rmSync(path);
    }
  });

  it('knows no pipe and no folder, and does not wait for them', async () => {
    const name = '2020-01-01T000000.000Z-set-password-0190aaaa-0000-7000-8000-000000000003.eml';
    for (const make of ['mkfifo', 'mkdir']) {
      execFileSync(make, [join(folder, name)]);
      try {
        expect(outcome(await ask(`/${name}`))).toEqual(problem(404, 'mail-not-found'));
        expect((await ask()).body.items).toHaveLength(3);
      } finally {
        rmSync(join(folder, name), { recursive: true });
      }
    }
  });

  it('shows one by its name', async () => {
    const [first] = (await ask()).body.items;
    expect((await ask(`/${first.name}`)).body).toEqual(first);
  });

  it.each([
    'x',
    'note.txt',
    '..%2foutside.eml',
    '%2e%2e%2foutside.eml',
    '..%5coutside.eml',
    '%2fetc%2fpasswd',
    '2020-01-01T000000.000Z-set-password-0190aaaa-0000-7000-8000-000000000001.eml',
    // A link that leads out of the folder.
    '2020-01-01T000000.000Z-set-password-0190aaaa-0000-7000-8000-000000000000.eml',
    '2020-01-01T000000.000Z-set-password-0190aaaa-0000-7000-8000-000000000000.eml%0a',
  ])('knows nothing by the name %s', async (name) => {
    expect(outcome(await ask(`/${name}`))).toEqual(problem(404, 'mail-not-found'));
  });

  it.each(['limit=0', 'cursor=a&cursor=b'])('refuses ?%s', async (query) => {
    const answer = await ask(`?${query}`);
    expect(answer.status).toBe(400);
    expect(faultyFields(answer)).toEqual([query.split('=')[0]]);
  });

  it('leaves nothing of a mail in the log', async () => {
    const [first] = (await ask()).body.items;
    await ask(`/${first.name}`);
    const [mail] = await server.mailbox.to('eve@example.com');
    expect(mail!.links).not.toEqual([]);
    for (const link of mail!.links) expect(server.log()).not.toContain(new URL(link).hash);
    expect(server.log()).not.toContain('eve@example.com');
  });

  it.each([
    ['a server takes the mails', { SMTP_URL: 'smtp://127.0.0.1:9' }],
    ['it is production', { NODE_ENV: 'production', PUBLIC_URL: 'https://id.gatehouse.test' }],
  ])('is not there where %s', async (_where, environment) => {
    const another = await startTestGatehouse(environment);
    try {
      const boss = await makeSignedIn(another, { email: 'b@example.com', level: 'superuser', type: 'admin' });
      const headers = { ...bearer(boss.token), 'x-forwarded-proto': 'https' };
      for (const path of [MAILBOX, `${MAILBOX}/x`]) {
        expect(outcome(await another.api.get(path, headers))).toEqual(problem(404, 'route-not-found'));
      }
      const { operations } = (await another.api.get('/v1/me/rights', headers)).body;
      expect(operations).toContain('GET /v1/outbox');
      expect(operations).not.toContain('GET /v1/mailbox');
      const rights = (await server.api.get('/v1/me/rights', bearer(root.token))).body.operations;
      expect(rights).toContain('GET /v1/mailbox');
    } finally {
      await another.stop();
    }
  });
});
