import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserType } from '../../src/common/levels.js';
import { bearer, outcome, tokenHeader, type Answer } from '../support/api.js';
import { declareBackupUsers, encodedPassword } from '../support/backup-users.js';
import { cookieHeader, cookieOf, signInAt002 } from '../support/cookies.js';
import { makePerson, mailedToken, PASSWORD } from '../support/declared-people.js';
import { lookAt001, refreshAt003, signInAt001, signInAt003, signInAt004 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { CITY_APP, declareClient } from '../support/oauth-clients.js';
import { basic } from '../surfaces/gemini/requests.js';

const NEW_PASSWORD = 'quite another horse 2';

/** What somebody holds who has signed in at every door that is open to his kind. */
interface Bundle {
  readonly oauth000: string;
  readonly jwt001: string;
  readonly cookie002: { cookie: string };
  readonly jwt003: string;
  readonly refresh003: string;
  readonly token004: string;
}

/** Contract 3.3, 3.10, 3.14: five documents, one user base. */
describe('one identity at five doors', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
  let server: TestGatehouse;
  let root: string;

  beforeAll(async () => {
    server = await startTestGatehouse({ MANIFESTS_DIR: folder });
    await declareClient(server);
    const keeper = { email: 'root@example.com', type: 'admin', level: 'superuser' } as const;
    root = (await signInAt003(server.api, await makePerson(server, keeper))).token;
  });
  afterAll(() => server.stop());

  const form = (name: string, fields: Record<string, string>) =>
    new URLSearchParams(
      Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${name}[${key}]`, value])),
    );

  /** The ways in which somebody comes to be, one a door; each answers the kind that he is of. */
  const REGISTRATIONS: Readonly<Record<string, (email: string) => Promise<UserType>>> = {
    'document 000': async (email) => {
      const body = { email, password: PASSWORD, grant_type: 'password', has_accepted_terms: true };
      await expectStatus(201, server.api.post('/api/users/create', body, basic()));
      return 'customer';
    },
    'document 001, by its manifest': async (email) => {
      const password = await encodedPassword(PASSWORD);
      await declareBackupUsers(
        server,
        folder,
        { 'backup-user': { email, passwordFromRef: { name: 'passwords', entry: 'his' }, roles: [] } },
        { his: password },
      );
      return 'admin';
    },
    'document 002': async (email) => {
      const body = { username: email, password: PASSWORD, name: 'Romeo' };
      await expectStatus(200, server.api.post('/api/register', body));
      return 'customer';
    },
    'document 003, himself': async (email) => {
      const fields = { firstName: 'Ada', lastName: 'Young', email, plainPassword: PASSWORD, agreement1: '1' };
      await expectStatus(200, server.api.post('/api/customer/self_register', form('customer', fields)));
      // He is not let in before he has confirmed his address, at no door.
      await expectStatus(401, server.api.post('/api/customer/login_check', knock(email)));
      const token = await mailedToken(server, email);
      await expectStatus(200, server.api.post(`/c/confirm-user-email/${token}`));
      return 'customer';
    },
    'document 003, as an administrator': async (email) => {
      const fields = { email, plainPassword: PASSWORD, isActive: '1' };
      await expectStatus(200, server.api.post('/api/admin/data', form('admin', fields), bearer(root)));
      return 'admin';
    },
    'document 004': async (email) => {
      const body = { email, password1: PASSWORD, password2: PASSWORD };
      await expectStatus(201, server.api.post('/api/v1.1/auth/register/', body));
      return 'customer';
    },
  };

  const knock = (email: string, password = PASSWORD) => ({ _username: email, _password: password });

  async function expectStatus(status: number, answer: Promise<Answer>): Promise<Answer> {
    const got = await answer;
    expect({ status: got.status, body: got.status === status ? '' : (got.body as unknown) }).toEqual({
      status,
      body: '',
    });
    return got;
  }

  async function tokenAt000(email: string, password: string): Promise<string> {
    const body = { grant_type: 'password', username: email, password, scope: 'profile' };
    return (await expectStatus(201, server.api.post('/api/oauth/token', body, basic()))).body
      .access_token as string;
  }

  async function signInEverywhere(email: string, type: UserType, password = PASSWORD): Promise<Bundle> {
    const person = { email, password };
    const pair = await signInAt003(server.api, person, type);
    return {
      oauth000: await tokenAt000(email, password),
      jwt001: await signInAt001(server.api, person),
      cookie002: cookieHeader(await signInAt002(server.api, person)),
      jwt003: pair.token,
      refresh003: pair.refreshToken,
      token004: await signInAt004(server.api, person),
    };
  }

  /** Every credential, looked at where it counts and at the native API. */
  const looks = (type: UserType): Readonly<Record<string, (bundle: Bundle) => Promise<Answer>>> => ({
    'OAuth token at 000': async ({ oauth000 }) =>
      server.api.get(`/api/users/${await uidBehind(oauth000)}`, bearer(oauth000)),
    'JWT at 001': ({ jwt001 }) => lookAt001(server.api, jwt001),
    'cookie at 002': async ({ cookie002 }) => {
      const status = await server.api.get('/api', cookie002);
      return { ...status, status: status.body.auth_status === 'logged_in' ? 200 : 401 };
    },
    'JWT at 003': ({ jwt003 }) =>
      type === 'admin'
        ? server.api.get('/api/admin/data', bearer(jwt003))
        : server.api.get('/v1/me', bearer(jwt003)),
    'token at 004': ({ token004 }) => server.api.get('/api/v1.1/account/me/', tokenHeader(token004)),
    'cookie at /v1': ({ cookie002 }) => server.api.get('/v1/me', cookie002),
    'OAuth token at /v1': ({ oauth000 }) => server.api.get('/v1/me', bearer(oauth000)),
  });
  const uids = new Map<string, string>();
  const uidBehind = async (token: string): Promise<string> => {
    const { status, body } = await server.api.get('/v1/me', bearer(token));
    if (status === 200) uids.set(token, body.id as string);
    return uids.get(token) ?? 'nobody';
  };
  const statuses = async (bundle: Bundle, type: UserType) => {
    const seen: Record<string, number> = {};
    for (const [name, look] of Object.entries(looks(type))) seen[name] = (await look(bundle)).status;
    return seen;
  };
  const refused = { 'JWT at 001': 403, 'token at 004': 403 };

  it.each(Object.keys(REGISTRATIONS))(
    'who was made at %s signs in at every door of his kind; a reset at 004 ends it all at once',
    async (door) => {
      const email = `${door.replace(/\W+/g, '-')}@example.org`;
      const type = await REGISTRATIONS[door]!(email);
      const bundle = await signInEverywhere(email, type);
      const everything = Object.keys(looks(type));
      expect(await statuses(bundle, type)).toEqual(Object.fromEntries(everything.map((name) => [name, 200])));
      const ids = [bundle.oauth000, bundle.jwt001, bundle.jwt003, bundle.token004].map(uidBehind);
      expect(new Set(await Promise.all(ids)).size).toBe(1);

      await resetAt004(email);
      const ended = await statuses(bundle, type);
      expect(ended).toEqual(
        Object.fromEntries(
          everything.map((name) => [name, (refused as Record<string, number>)[name] ?? 401]),
        ),
      );
      expect((await refreshAt003(server.api, bundle.refresh003)).status).toBe(401);

      // The old password opens no door any more, the new one opens all.
      expect((await server.api.post(`/api/${type}/login_check`, knock(email))).status).toBe(401);
      const again = await signInEverywhere(email, type, NEW_PASSWORD);
      expect(await statuses(again, type)).toEqual(Object.fromEntries(everything.map((name) => [name, 200])));
    },
  );

  async function resetAt004(email: string): Promise<void> {
    await expectStatus(200, server.api.post('/api/v1.1/auth/reset-password/', { email }));
    const { links } = await server.mailbox.waitForKind(email, 'reset-password');
    const token = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(links[0] ?? '')?.[0];
    const body = { email, password1: NEW_PASSWORD, password2: NEW_PASSWORD, password_change_token: token };
    await expectStatus(200, server.api.post('/api/v1.1/auth/change-password/', body));
  }

  it('keeps the doors of other kinds shut', async () => {
    const body = { username: 'kinds@example.org', password: PASSWORD, name: 'Kind' };
    const registered = await expectStatus(200, server.api.post('/api/register', body));
    expect((await server.api.get('/v1/me', cookieHeader(cookieOf(registered)))).body.type).toBe('customer');
    for (const kind of ['admin', 'seller']) {
      expect(outcome(await server.api.post(`/api/${kind}/login_check`, knock(body.username)))).toEqual({
        status: 401,
        body: { message: 'Bad credentials.' },
      });
    }
  });

  it('has one name space: who is taken at one door is taken at all', async () => {
    const email = 'taken@example.org';
    await REGISTRATIONS['document 004']!(email);
    const customer = { firstName: 'A', lastName: 'B', email, plainPassword: PASSWORD, agreement1: '1' };
    const answers = [
      await server.api.post('/api/users/create', {
        ...{ email: 'Taken@Example.org', password: PASSWORD, grant_type: 'password' },
        ...{ has_accepted_terms: true, client_id: CITY_APP.name, client_secret: CITY_APP.secrets[0] },
      }),
      await server.api.post('/api/register', { username: email, password: PASSWORD, name: 'x' }),
      await server.api.post('/api/customer/self_register', form('customer', customer)),
      await server.api.post(
        '/api/admin/data',
        form('admin', { email, plainPassword: PASSWORD }),
        bearer(root),
      ),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  });
});
