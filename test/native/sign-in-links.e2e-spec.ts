import { MINUTE } from '../../src/common/clock.js';
import { outcome } from '../support/api.js';
import {
  block,
  mailedToken,
  mailsWrittenTo,
  makePerson,
  rowsOf,
  type Person,
} from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { bearer } from '../support/api.js';
import { signIn } from '../support/people.js';

const ACCEPTED = { status: 202, body: '' };

describe('POST /v1/sign-in-links', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const newcomer = (fields: object = {}) =>
    makePerson(server, { email: `person-${(people += 1)}@example.org`, ...fields });
  const ask = (email: unknown, headers: Record<string, string> = {}) =>
    server.api.post('/v1/sign-in-links', { email }, headers);

  it('mails a link to our own page, in the language of who asks', async () => {
    const { email } = await newcomer();
    expect(outcome(await ask(email.toUpperCase(), { 'accept-language': 'pl' }))).toEqual(ACCEPTED);
    const mail = await server.mailbox.waitFor(email);
    expect(mail.kind).toBe('sign-in-link');
    expect(mail.subject).toBe('Twój odnośnik do logowania');
    expect(mail.links).toEqual([expect.stringMatching(`^${PUBLIC_URL}/#/sign-in/[0-9a-f-]{36}$`)]);
    expect(mail.text).toContain('15 minut');
  });

  it('answers alike and does the same work for everybody, whether a mail goes or not', async () => {
    const blocked = await newcomer();
    await block(server, blocked);
    const beginner = await newcomer({ type: 'admin', level: 'admin', password: null });
    const known = await newcomer({ name: 'known-by-name' });
    const rows = async () => [await rowsOf(server, 'outbox'), await rowsOf(server, 'one_time_tokens')];
    for (const email of [
      known.email,
      'nobody@example.org',
      blocked.email,
      beginner.email,
      'known-by-name',
      'x',
      '',
    ]) {
      const [mails = 0, tokens = 0] = await rows();
      expect(outcome(await ask(email))).toEqual(ACCEPTED);
      expect(await rows()).toEqual([mails + 1, tokens + 1]);
    }
    expect(await mailsWrittenTo(server, known.email)).toEqual(['sign-in-link']);
    for (const { email } of [blocked, beginner]) expect(await mailsWrittenTo(server, email)).toEqual([]);
  });

  it('mails one a minute, and says so to nobody', async () => {
    const { email } = await newcomer();
    for (let again = 0; again < 3; again++) expect(outcome(await ask(email))).toEqual(ACCEPTED);
    expect(await mailsWrittenTo(server, email)).toHaveLength(1);
    server.clock.advance(MINUTE + 1);
    await ask(email);
    expect(await mailsWrittenTo(server, email)).toHaveLength(2);
  });

  it('refuses what is no text, and foreign pages', async () => {
    for (const email of [undefined, null, 5, ['a@b.example'], { a: 1 }, 'x'.repeat(321)]) {
      expect((await ask(email)).status).toBe(400);
    }
    expect((await ask('a@b.example', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask('a@b.example', { origin: PUBLIC_URL })).status).toBe(202);
  });
});

describe('POST /v1/users/:id/sign-in-link', () => {
  let server: TestGatehouse;
  let ada: Person;
  let admin: string;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await makePerson(server, { email: 'ada@example.org' });
    admin = await tokenOf({ type: 'admin', level: 'admin' });
  });
  afterAll(() => server.stop());

  async function tokenOf(fields: object): Promise<string> {
    const { email, password } = await makePerson(server, {
      email: `staff-${(people += 1)}@example.org`,
      ...fields,
    });
    return signIn(server, email, password);
  }
  const send = (uid: string, token: string) =>
    server.api.post(`/v1/users/${uid}/sign-in-link`, undefined, bearer(token));

  it('mails the user a link and shows the administrator nothing of it', async () => {
    expect(outcome(await send(ada.uid, admin))).toEqual({ status: 204, body: '' });
    const token = await mailedToken(server, ada.email);
    expect((await server.api.post('/api/validate_token', { token })).status).toBe(204);
    const again = await send(ada.uid, admin);
    expect(again.status).toBe(429);
    expect(again.headers.get('retry-after')).toBe('60');
    expect(await mailsWrittenTo(server, ada.email)).toHaveLength(1);
  });

  it('is for administrators over lower levels', async () => {
    const peer = await makePerson(server, { email: 'peer@example.org', type: 'admin', level: 'admin' });
    for (const [uid, token, status] of [
      [ada.uid, await tokenOf({ level: 'manager' }), 403],
      [ada.uid, await tokenOf({}), 403],
      [peer.uid, admin, 403],
      [peer.uid, await tokenOf({ type: 'admin', level: 'superuser' }), 204],
      ['00000000-0000-7000-8000-000000000000', admin, 404],
      ['nobody', admin, 404],
    ] as const) {
      expect((await send(uid, token)).status).toBe(status);
    }
    expect((await server.api.post(`/v1/users/${ada.uid}/sign-in-link`)).status).toBe(401);
  });

  it('is not for permanent keys', async () => {
    const made = await server.api.post('/v1/api-keys', { name: 'key' }, bearer(admin));
    const { status } = await server.api.post(`/v1/users/${ada.uid}/sign-in-link`, undefined, {
      'x-auth-token': made.body.secret as string,
    });
    expect([made.status, status]).toEqual([201, 403]);
  });

  it('says when there is nobody to write to', async () => {
    const blocked = await makePerson(server, { email: 'blocked@example.org' });
    await block(server, blocked);
    const answer = await send(blocked.uid, admin);
    expect([answer.status, answer.body.code]).toEqual([409, 'user-not-reachable']);
    expect(await mailsWrittenTo(server, blocked.email)).toEqual([]);
  });
});
