import { tokenHeader } from '../../support/api.js';
import { makePerson, signIn, block, type Person } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { ME } from './bodies.js';

describe('/c/unsubscribe-notifications/<token>', () => {
  let server: TestGatehouse;
  let person: Person;
  let path: string;
  let headers: Record<string, string>;
  let count = 0;
  const isUnsubscribed = async () => (await server.api.get(ME, headers)).body.unsubscribe_all as boolean;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  beforeEach(async () => {
    person = await makePerson(server, { email: `person-${++count}@example.com` });
    headers = tokenHeader(await signIn(server, person));
    const me = await server.api.get(ME, headers);
    path = (me.body.unsubscribe_notification_url as string).slice(PUBLIC_URL.length);
  });
  afterAll(() => server.stop());

  it('shows a page with a form; GET and HEAD change nothing', async () => {
    for (const suffix of ['', '/']) {
      const page = await server.api.get(`${path}${suffix}`);
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('referrer-policy')).toBe('strict-origin');
      expect(page.body).toMatch(/<form method="post" action="">\s*<button type="submit">/);
      expect(page.body).not.toMatch(/<input|<script/i);
      expect(page.body).not.toContain(person.email);
    }
    expect(await server.api.send('HEAD', path, undefined)).toMatchObject({ status: 200, body: '' });
    expect(await isUnsubscribed()).toBe(false);
  });

  it('unsubscribes by a POST without a body, again and again', async () => {
    for (const _ of [1, 2]) {
      const answer = await server.api.post(path);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('Notifications are off');
      expect(await isUnsubscribed()).toBe(true);
      await server.api.patch(ME, { unsubscribe_all: false }, headers);
    }
  });

  it('unsubscribes with one click as RFC 8058 has it, in both of its encodings', async () => {
    const multipart = new FormData();
    multipart.set('List-Unsubscribe', 'One-Click');
    for (const body of [new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }), multipart]) {
      await server.api.patch(ME, { unsubscribe_all: false }, headers);
      expect((await server.api.post(path, body)).status).toBe(200);
      expect(await isUnsubscribed()).toBe(true);
    }
  });

  it('takes the post of our own page and of no foreign one', async () => {
    const foreign = await server.api.post(path, undefined, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect(await isUnsubscribed()).toBe(false);
    expect((await server.api.post(path, undefined, { origin: PUBLIC_URL })).status).toBe(200);
  });

  it('can only unsubscribe: the token opens nothing else', async () => {
    const token = path.split('/').at(-1)!;
    expect((await server.api.get(ME, tokenHeader(token))).status).toBe(403);
    expect((await server.api.post(`/c/confirm-user-email/${token}`)).status).toBe(404);
  });

  it('answers 404 with a page for any other token', async () => {
    const [uid, ...mac] = path.split('/').at(-1)!.split('.');
    const other = await makePerson(server, { email: `other-${count}@example.com` });
    const tampered = [
      'x',
      uid,
      `${uid}.`,
      `${uid}.${mac.join('.')}x`,
      `${uid}.${mac.join('.').slice(0, -1)}`,
      `${other.uid}.${mac.join('.')}`,
      `${uid!.toUpperCase()}.${mac.join('.')}`,
      'a'.repeat(1_000),
    ];
    for (const token of tampered) {
      for (const method of ['GET', 'POST']) {
        const answer = await server.api.send(method, `/c/unsubscribe-notifications/${token}`, undefined);
        expect(answer.status).toBe(404);
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(answer.body).toContain('This link is not valid');
      }
    }
    expect(await isUnsubscribed()).toBe(false);
  });

  it('still works for a blocked user, who wants no mail either', async () => {
    await block(server, person);
    expect((await server.api.post(path)).status).toBe(200);
  });
});
