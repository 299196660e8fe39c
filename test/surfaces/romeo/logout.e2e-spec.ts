import { outcome } from '../../support/api.js';
import { cookieHeader, signInAt002, signInAtV1 } from '../../support/cookies.js';
import { makePerson, type Person } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const NO_COOKIE = 'session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax';
/** What browsers ask for when a person follows a link or presses a button. */
const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8' };

/** Reference note 1.11; contract 4.3. */
describe('document 002, /logout', () => {
  let server: TestGatehouse;
  let ada: Person;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await makePerson(server, { email: 'ada@example.com' });
  });
  afterAll(() => server.stop());

  const isSignedIn = async (value: string) =>
    (await server.api.get('/v1/me', cookieHeader(value))).status === 200;
  const post = (headers: Record<string, string>, body?: unknown) =>
    server.api.post('/api/logout', body, headers);

  it('is a page with a button that posts to /api/logout, and needs no script', async () => {
    for (const path of ['/logout', '/logout/', '/logout?done']) {
      const page = await server.api.get(path, cookieHeader('0'.repeat(40)));
      expect(page.status).toBe(200);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(page.headers.get('set-cookie')).toBeNull();
      expect(page.body).toMatch(/<form method="post" action="\/api\/logout">\s*<button type="submit">/);
      expect(page.body).not.toMatch(/<script|<input/i);
    }
    expect((await server.api.get('/logout')).body).toContain('action="/api/logout"');
  });

  it('ends nothing by GET or HEAD', async () => {
    const value = await signInAt002(server.api, ada);
    for (const method of ['GET', 'HEAD']) {
      for (const path of ['/logout', '/logout?done']) {
        await server.api.send(method, path, undefined, { ...BROWSER, ...cookieHeader(value) });
      }
    }
    expect(await isSignedIn(value)).toBe(true);
    for (const path of ['/logout', '/api/logout']) {
      const wrong = await server.api.send(path === '/logout' ? 'POST' : 'GET', path, undefined);
      expect(wrong.status).toBe(405);
    }
  });

  it('leads a browser that posted the form to a page that says what happened', async () => {
    for (const enter of [signInAt002, signInAtV1]) {
      const value = await enter(server.api, ada);
      const headers = {
        ...BROWSER,
        ...cookieHeader(value),
        origin: PUBLIC_URL,
        'sec-fetch-site': 'same-origin',
      };
      const answer = await post(headers, new URLSearchParams());
      expect(outcome(answer)).toEqual({ status: 303, body: '' });
      expect(answer.headers.get('location')).toBe('/logout?done');
      expect(answer.headers.get('set-cookie')).toBe(NO_COOKIE);
      expect(await isSignedIn(value)).toBe(false);
      const page = await server.api.get('/logout?done', BROWSER);
      expect(page.body).toContain('<title>You are signed out</title>');
      expect(page.body).not.toContain('<form');
    }
  });

  it.each([
    ['no header', {}],
    ['anything', { accept: '*/*' }],
    ['JSON', { accept: 'application/json, text/plain, */*' }],
  ])('answers 204 to a program that asks for %s', async (_, headers) => {
    for (const body of [undefined, {}, new URLSearchParams(), new FormData()]) {
      const value = await signInAt002(server.api, ada);
      const answer = await post({ ...headers, ...cookieHeader(value) }, body);
      expect(outcome(answer)).toEqual({ status: 204, body: '' });
      expect(answer.headers.get('set-cookie')).toBe(NO_COOKIE);
      expect(answer.headers.get('location')).toBeNull();
      expect(await isSignedIn(value)).toBe(false);
    }
  });

  it('is not to be posted by a foreign page', async () => {
    const value = await signInAt002(server.api, ada);
    const foreign = { ...BROWSER, ...cookieHeader(value), origin: 'https://evil.example' };
    const answer = await post(foreign, new URLSearchParams());
    expect(outcome(answer)).toEqual({ status: 403, body: { error: 'access_denied' } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await isSignedIn(value)).toBe(true);
  });

  it.each([
    ['fr', 'Se déconnecter', 'Déconnexion effectuée'],
    ['pl', 'Wylogować się', 'Wylogowano'],
    ['de', 'Sign out', 'You are signed out'],
  ])('speaks the language of the browser: %s', async (language, question, answer) => {
    const title = async (path: string) =>
      /<title>(.*)<\/title>/.exec(
        (await server.api.get(path, { 'accept-language': language })).body as string,
      )?.[1];
    expect(await title('/logout')).toContain(question);
    expect(await title('/logout?done')).toBe(answer);
  });
});
