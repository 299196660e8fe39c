import { randomBytes } from 'node:crypto';
import type { Gatehouse } from '../../src/bootstrap.js';
import { DAY } from '../../src/common/clock.js';
import { bearer, TestApi, tokenHeader, type Answer } from '../support/api.js';
import { makeSignedIn, type SignedIn } from '../support/api-keys.js';
import { mailedToken, makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { startSecondNode } from '../support/second-node.js';
import { basic, CREATE, createBody } from '../surfaces/gemini/requests.js';
import { DATA, makeMember, signInAt } from '../surfaces/open-loyalty/people.js';

const POLICY = '/v1/password-policy';
const AUTH = '/api/v1.1/auth';
const WEAK = 'without any';
const STRONG = 'with 1, 2, 3';

type Door = (password: string) => Promise<Answer>;

/** Whoever edits the policy asks one node, whoever chooses a password another. */
describe('an edited password policy', () => {
  let server: TestGatehouse;
  let node: Gatehouse;
  let other: TestApi;
  let admin: SignedIn;
  let people = 0;

  beforeAll(async () => {
    const environment = { SECRET_KEY: randomBytes(32).toString('base64') };
    server = await startTestGatehouse(environment);
    node = await startSecondNode(server, environment);
    other = new TestApi(node.address);
    await declareClient(server);
    admin = await makeSignedIn(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
  }, 60_000);
  afterAll(async () => {
    await node.app.close();
    await server.stop();
  });
  afterEach(async () => {
    const token = await signIn(server, admin);
    await server.api.send('DELETE', POLICY, undefined, bearer(token));
  });

  const freshEmail = () => `chooser-${(people += 1)}@example.com`;
  const edit = async (body: object) => {
    const answer = await server.api.patch(POLICY, body, bearer(admin.token));
    expect(answer.status).toBe(200);
  };
  const changeAt004 = (email: string, password: string, more: object, headers = {}) =>
    other.post(
      `${AUTH}/change-password/`,
      { email, password1: password, password2: password, ...more },
      headers,
    );
  const resetToken = async () => {
    const { email } = await makePerson(server, { email: freshEmail() });
    await server.api.post(`${AUTH}/reset-password/`, { email });
    return { email, token: await mailedToken(server, email) };
  };

  const DOORS: Readonly<Record<string, () => Promise<Door>>> = {
    'register at 004': async () => (password) =>
      other.post(`${AUTH}/register/`, { email: freshEmail(), password1: password, password2: password }),
    'a mailed link at 004': async () => {
      const { email, token } = await resetToken();
      return (password) => changeAt004(email, password, { password_change_token: token });
    },
    'one’s own change at 004': async () => {
      const { email, token } = await makeSignedIn(server, { email: freshEmail() });
      return (password) => changeAt004(email, password, {}, tokenHeader(token));
    },
    'an administrator’s form at 003': async () => {
      const headers = await signInAt(server, 'admin', admin);
      return (plainPassword) =>
        other.post(DATA, { admin: { email: freshEmail(), plainPassword, isActive: true } }, headers);
    },
    'self registration at 003': async () => (plainPassword) =>
      other.post('/api/customer/self_register', {
        customer: {
          firstName: 'Ada',
          lastName: 'King',
          email: freshEmail(),
          agreement1: true,
          plainPassword,
        },
      }),
    'one’s own change at 003': async () => {
      const { headers } = await makeMember(server, 'customer', { email: freshEmail() });
      return (plainPassword) =>
        other.post('/api/customer/password/change', { currentPassword: PASSWORD, plainPassword }, headers);
    },
    'a mailed link at 003': async () => {
      const { token } = await resetToken();
      return (plainPassword) => other.post('/api/password/reset', { token, reset: { plainPassword } });
    },
    'making a user at the native API': async () => (password) =>
      other.post('/v1/users', { email: freshEmail(), password }, bearer(admin.token)),
    'register at 002': async () => (password) =>
      other.post('/api/register', { username: freshEmail(), password, name: 'Ada' }),
    'creating a user at 000': async () => (password) =>
      other.post(CREATE, createBody(freshEmail(), { password }), basic()),
  };

  it.each(Object.keys(DOORS))('holds at once for %s', async (name) => {
    const knock = await DOORS[name]!();
    await edit({ minDigits: 3 });
    const refused = await knock(WEAK);
    expect(refused.status).toBe(400);
    // 000 has one sentence for whatever is wrong, the native API none.
    if (!/000|native/.test(name)) expect(JSON.stringify(refused.body)).toMatch(/at least 3 (digit|number)/);
    expect((await knock(STRONG)).status).toBeLessThan(300);
  });

  it.each(Object.keys(DOORS))('is gone at once for %s', async (name) => {
    const knock = await DOORS[name]!();
    await edit({ minDigits: 3 });
    expect((await knock(WEAK)).status).toBe(400);
    await server.api.send('DELETE', POLICY, undefined, bearer(admin.token));
    expect((await knock(WEAK)).status).toBeLessThan(300);
  });

  it.each(['register', 'reset-password', 'change-password'])('is what OPTIONS of %s tells', async (route) => {
    await edit({ minLength: 17, minSpecial: 2, specialCharacters: '#~' });
    const { body } = await other.send('OPTIONS', `${AUTH}/${route}/`, undefined);
    const rules = (body.rules as { message_en: string }[]).map(({ message_en }) => message_en);
    expect(rules[0]).toBe('Your password must contain at least 17 character(s).');
    expect(rules[4]).toBe('Your password must contain at least 2 special character(s) from these : (#~)');
    expect((await other.get(POLICY)).body).toMatchObject({ minLength: 17, specialCharacters: '#~' });
  });

  it('decides at once whether a password may stay the same', async () => {
    const { email, token } = await makeSignedIn(server, { email: freshEmail() });
    const again = () => changeAt004(email, PASSWORD, {}, tokenHeader(token));
    expect((await again()).status).toBe(400);
    await edit({ allowsReuse: true });
    expect((await again()).status).toBe(200);
  });

  it('refuses common passwords at once', async () => {
    const knock = await DOORS['register at 004']!();
    expect((await knock('password123')).status).toBe(201);
    await edit({ refuseCommon: true });
    expect((await knock('password123')).status).toBe(400);
  });

  it('decides at once how old a password may be', async () => {
    const person = await makePerson(server, { email: freshEmail() });
    await edit({ expiresAfterDays: 2 });
    const knock = () => other.post(`${AUTH}/login/`, { email: person.email, password: person.password });
    expect((await knock()).status).toBe(200);
    server.clock.advance(2 * DAY);
    expect((await knock()).body).toMatchObject({ _errors: ['EXPIRED_PASSWORD'] });
    admin = await makeSignedIn(server, { email: 'fresh@example.com', type: 'admin', level: 'admin' });
    await edit({ expiresAfterDays: 3 });
    expect((await knock()).status).toBe(200);
  });
});
