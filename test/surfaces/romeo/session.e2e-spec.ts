import { DAY } from '../../../src/common/clock.js';
import { bearer, outcome, type Answer } from '../../support/api.js';
import { block, makePerson, PASSWORD, type Person } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const WRONG = {
  status: 400,
  body: {
    error: 'invalid_request',
    form_errors: { username: ['The username or password you entered is incorrect.'] },
  },
};
const FOREIGN = { origin: 'https://evil.example' };

describe('document 002, sessions', () => {
  let server: TestGatehouse;
  let ada: Person;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ LINK_ORIGINS: 'https://app.example' });
    ada = await makePerson(server, { name: 'ada', email: 'ada@example.org' });
  }, 30_000);
  afterAll(() => server.stop());

  const login = (person: Pick<Person, 'email' | 'password'>, more: object = {}, headers = {}) =>
    server.api.post('/api/login', { username: person.email, password: person.password, ...more }, headers);
  const valueOf = ({ headers }: Answer) =>
    /^session=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
  const cookie = (value: string) => ({ cookie: `other=1; session=${value}` });
  const status = async (value: string) =>
    ((await server.api.get('/api', cookie(value))).body as { auth_status: string }).auth_status;
  const newcomer = () => makePerson(server, { email: `person-${(people += 1)}@example.org` });

  describe('POST /api/login', () => {
    it('answers account and user, and sets a cookie that no script reads and no foreign page sends', async () => {
      const answer = await login(ada);
      const id = /^\/api\/account\/(\d+)$/.exec(answer.body.account.href as string)?.[1];
      expect(outcome(answer)).toEqual({
        status: 200,
        body: {
          account: {
            href: `/api/account/${id}`,
            name: 'ada',
            display_name: 'ada',
            description: '',
            profile_cover: null,
            avatar: null,
          },
          user: { href: `/api/user/${id}`, username: 'ada@example.org' },
        },
      });
      expect(answer.headers.get('set-cookie')).toMatch(
        /^session=[0-9a-f]{40}; Path=\/; HttpOnly; SameSite=Lax$/,
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it('takes the user name too, and a form', async () => {
      const form = new URLSearchParams({ username: 'ada', password: PASSWORD, remember: 'true' });
      const answer = await server.api.post('/api/login', form);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toContain(`Max-Age=${(30 * DAY) / 1_000};`);
    });

    it('lets the cookie end with the browser unless it is to remember', async () => {
      expect((await login(ada, { remember: true })).headers.get('set-cookie')).toContain('Max-Age=');
      expect((await login(ada, { remember: false })).headers.get('set-cookie')).not.toContain('Max-Age');
      expect((await login(ada, { remember: 'yes' })).body).toEqual({
        error: 'invalid_request',
        form_errors: { remember: ['Invalid value.'] },
      });
    });

    it('tells nothing of why it refuses', async () => {
      const blocked = await newcomer();
      await block(server, blocked);
      for (const body of [
        { username: ada.email, password: 'wrong' },
        { username: 'nobody@example.org', password: PASSWORD },
        { username: blocked.email, password: blocked.password },
        { username: ada.email },
        {},
        { username: [ada.email], password: { a: 1 } },
      ]) {
        const answer = await server.api.post('/api/login', body);
        expect(outcome(answer)).toEqual(WRONG);
        expect(answer.headers.get('set-cookie')).toBeNull();
      }
    });

    it('gives a fresh cookie and ends the one that came along; a failed one leaves it alone', async () => {
      const first = valueOf(await login(ada));
      expect(outcome(await login({ ...ada, password: 'wrong' }, {}, cookie(first)))).toEqual(WRONG);
      expect(await status(first)).toBe('logged_in');
      const second = valueOf(await login(ada, {}, cookie(first)));
      expect(second).not.toBe(first);
      expect(await status(first)).toBe('logged_out');
      expect(await status(second)).toBe('logged_in');
    });

    it('is refused to a foreign page, signed in or not', async () => {
      expect(outcome(await login(ada, {}, FOREIGN))).toEqual({
        status: 403,
        body: { error: 'access_denied' },
      });
      expect((await login(ada, {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      for (const headers of [{ origin: PUBLIC_URL }, { origin: 'https://app.example' }, {}]) {
        expect((await login(ada, {}, headers)).status).toBe(200);
      }
    });
  });

  describe('POST /api/register', () => {
    const register = (body: object) => server.api.post('/api/register', body);

    it('makes an active customer with his account, signed in at once', async () => {
      const body = { username: 'New@Example.org', password: 'pass word 12', display_name: 'Newcomer' };
      const answer = await register(body);
      expect(answer.body).toMatchObject({
        account: { name: 'Newcomer', display_name: 'Newcomer' },
        user: { username: 'new@example.org' },
      });
      expect(await status(valueOf(answer))).toBe('logged_in');
      const token = (
        await server.api.post('/api/v1.1/auth/login/', { email: 'new@example.org', password: 'pass word 12' })
      ).body.token as string;
      expect((await server.api.get('/v1/me', bearer(token))).body).toMatchObject({ type: 'customer' });
    });

    it('tells every fault at once and makes nobody', async () => {
      expect(outcome(await register({ username: ada.email, password: 'short' }))).toEqual({
        status: 400,
        body: {
          error: 'invalid_request',
          form_errors: {
            username: ['Username already registered.'],
            password: ['Field must be at least 8 characters long.'],
            name: ['This field is required.'],
          },
        },
      });
      expect((await register({ username: 'no address', password: 'pass word 12', name: 'N' })).body).toEqual({
        error: 'invalid_request',
        form_errors: { username: ['Invalid email address.'] },
      });
    });
  });

  describe('POST /api/logout and GET /api', () => {
    it('end the session for good, on every door that honours it', async () => {
      const value = valueOf(await login(ada));
      expect((await server.api.get('/v1/me', cookie(value))).status).toBe(200);
      const answer = await server.api.post('/api/logout', undefined, cookie(value));
      expect(outcome(answer)).toEqual({ status: 204, body: '' });
      expect(answer.headers.get('set-cookie')).toBe('session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
      expect(await status(value)).toBe('logged_out');
      expect((await server.api.get('/v1/me', cookie(value))).status).toBe(401);
      expect((await server.api.post('/api/logout')).status).toBe(204);
    });

    it('tell who is signed in, and take a bad cookie for none', async () => {
      expect(outcome(await server.api.get('/api'))).toEqual({
        status: 200,
        body: { auth_status: 'logged_out' },
      });
      expect(await status('0'.repeat(40))).toBe('logged_out');
    });

    it('are not to be had by a foreign page', async () => {
      const value = valueOf(await login(ada));
      expect((await server.api.post('/api/logout', undefined, { ...cookie(value), ...FOREIGN })).status).toBe(
        403,
      );
      expect(await status(value)).toBe('logged_in');
    });
  });

  describe('a cookie', () => {
    it('is honoured here and at /v1, and nowhere else', async () => {
      const value = valueOf(await login(ada));
      expect((await server.api.get('/api/v1.1/account/me/', cookie(value))).status).toBe(403);
      expect((await server.api.get('/api/stable/auth/whoami', cookie(value))).status).toBe(401);
      expect((await server.api.get('/api/admin/data', cookie(value))).status).toBe(401);
      expect((await server.api.get('/v1/me', bearer(value))).status).toBe(401);
    });

    it('changes nothing at /v1 for a foreign page', async () => {
      const value = valueOf(await login(ada));
      const send = (headers: object) =>
        server.api.send('DELETE', '/v1/sessions', undefined, { ...cookie(value), ...headers });
      expect((await send(FOREIGN)).status).toBe(403);
      expect((await send({ 'sec-fetch-site': 'same-site' })).status).toBe(403);
      expect((await send({ origin: 'https://app.example' })).status).toBe(204);
    });

    it('dies with its user, on the next request', async () => {
      const person = await newcomer();
      const value = valueOf(await login(person));
      const { href } = (await server.api.get('/api', cookie(value))).body.account as { href: string };
      expect((await server.api.get(href, cookie(value))).status).toBe(200);
      await block(server, person);
      expect((await server.api.get(href, cookie(value))).status).toBe(401);
    });
  });
});
