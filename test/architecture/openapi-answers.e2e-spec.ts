import { answerFaults } from '../support/answer-faults.js';
import { bearer, tokenHeader, type Answer } from '../support/api.js';
import { makePerson, signIn, type Person } from '../support/declared-people.js';
import { keyHeader, signInAt001, signInAt003 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { makeKey } from '../support/api-keys.js';
import { declareClient } from '../support/oauth-clients.js';
import { ApiDescription } from '../support/openapi.js';
import { askToken, askUser, createUser } from '../surfaces/gemini/requests.js';
import { invite, newVisitor, validate } from '../surfaces/romeo/browsers.js';

const MASTER_KEY = 'the-master-key-of-described-answers-01';

/** What the description says of an answer is what is answered: at least a success of every door. */
describe('answers as they are described', () => {
  let server: TestGatehouse;
  let api: ApiDescription;
  let root: Person;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER_KEY });
    api = await ApiDescription.of(server);
    root = await makePerson(server, {
      email: 'root@answers.example',
      type: 'admin',
      level: 'superuser',
      firstName: 'Ada',
      phone: '+48500100200',
    });
    await declareClient(server);
  });
  afterAll(() => server.stop());

  const faults = (route: string, { status, body }: Answer): string[] => {
    const [method = '', path = ''] = route.split(' ');
    return answerFaults(api, api.answer(method, path, status), body);
  };
  const looked = async (route: string, headers: Record<string, string>, at?: string) => {
    const [method = '', path = ''] = route.split(' ');
    return faults(route, await server.api.send(method, at ?? path, undefined, headers));
  };

  it('would tell of an answer that is not', () => {
    const answer = { status: 200, body: { id: 1, unknown: true } } as unknown as Answer;
    expect(faults('GET /v1/me', answer)).toEqual(
      expect.arrayContaining(['$.id is no string: 1', '$.unknown is not described', '$.email is missing']),
    );
  });

  it('at 000', async () => {
    const made = await askUser(server, 'gemini@answers.example');
    expect([made.status, faults('POST /api/users/create', made)]).toEqual([201, []]);
    const given = await askToken(server, 'gemini@answers.example');
    expect([given.status, faults('POST /api/oauth/token', given)]).toEqual([201, []]);
    const { id, token } = await createUser(server, 'artist@answers.example');
    const form = { name: 'The Ada Trio', genre: 'jazz' };
    const artist = await server.api.post(`/api/artist/${id}/new`, form, bearer(token));
    expect([artist.status, faults('POST /api/artist/:userId/new', artist)]).toEqual([201, []]);
    expect(await looked('GET /api/users/:id', bearer(token), `/api/users/${id}`)).toEqual([]);
  });

  it('at 001', async () => {
    const login = { username: root.email, password: root.password };
    const signedIn = await server.api.post('/api/stable/auth/login', login);
    expect([signedIn.status, faults('POST /api/stable/auth/login', signedIn)]).toEqual([200, []]);
    const headers = bearer(await signInAt001(server.api, root));
    expect(await looked('GET /api/stable/auth/whoami', headers)).toEqual([]);
    expect(await looked('GET /api/stable/auth/token', headers)).toEqual([]);
    const at = `/api/stable/auth/user/${root.email}`;
    expect(await looked('GET /api/stable/auth/user/:userName', headers, at)).toEqual([]);
    expect(await looked('DELETE /api/stable/auth/logout', headers)).toEqual([]);
  });

  it('at 002', async () => {
    const signedIn = await server.api.post('/api/login', { username: root.email, password: root.password });
    expect([signedIn.status, faults('POST /api/login', signedIn)]).toEqual([200, []]);
    const visitor = await newVisitor(server, 'visitor@answers.example');
    expect(await looked('GET /api', visitor.browser)).toEqual([]);
    expect(await looked('GET /api', {})).toEqual([]);
    const shown = await validate(server.api, await invite(server, visitor, 7));
    expect([shown.status, faults('POST /api/validate_token', shown)]).toEqual([200, []]);
    expect(await looked('GET /api/video/:id', visitor.browser, '/api/video/7')).toEqual([]);
    const collaborators = '/api/video/7/collaborators';
    expect(await looked('GET /api/video/:id/collaborators', visitor.browser, collaborators)).toEqual([]);
    const { account } = (await server.api.get('/api', visitor.browser)).body;
    expect(await looked('GET /api/account/:id', visitor.browser, account.href as string)).toEqual([]);
  });

  it('at 003', async () => {
    const login = { _username: root.email, _password: root.password };
    const signedIn = await server.api.post('/api/admin/login_check', login);
    expect([signedIn.status, faults('POST /api/admin/login_check', signedIn)]).toEqual([200, []]);
    const headers = bearer((await signInAt003(server.api, root)).token);
    for (const route of [
      'GET /api/admin',
      'GET /api/admin/data',
      'GET /api/admin/acl/role',
      'GET /api/admin/acl/accesses',
      'GET /api/admin/acl/resources',
      'GET /api/admin/analytics/customers',
    ]) {
      expect([route, await looked(route, headers)]).toEqual([route, []]);
    }
    expect(await looked('GET /api/admin/data', keyHeader(MASTER_KEY))).toEqual([]);
    const admin = {
      firstName: 'Ada',
      lastName: 'King',
      phone: '+48600100200',
      email: 'another@answers.example',
      plainPassword: 'another horse 2',
    };
    const made = await server.api.post('/api/admin/data', { admin }, headers);
    expect([made.status, faults('POST /api/admin/data', made)]).toEqual([200, []]);
    expect(await looked('POST /api/token/revoke', headers)).toEqual([]);
  });

  it('at 004', async () => {
    const { email, password } = root;
    const signedIn = await server.api.post('/api/v1.1/auth/login', { email, password });
    expect([signedIn.status, faults('POST /api/v1.1/auth/login', signedIn)]).toEqual([200, []]);
    const headers = tokenHeader(signedIn.body.token as string);
    expect(await looked('GET /api/v1.1/account/me', headers)).toEqual([]);
    expect(await looked('GET /api/v1.1/user', headers)).toEqual([]);
    expect(await looked('GET /api/v1.1/user/:uid', headers, `/api/v1.1/user/${root.uid}`)).toEqual([]);
    expect(await looked('OPTIONS /api/v1.1/auth/register', {})).toEqual([]);
    const change = { email, password1: 'another horse 2', password2: 'another horse 2' };
    const changed = await server.api.post('/api/v1.1/auth/change-password', change, headers);
    expect([changed.status, faults('POST /api/v1.1/auth/change-password', changed)]).toEqual([200, []]);
    root = { ...root, password: 'another horse 2' };
  });

  it('at /v1 and beside it', async () => {
    const token = await signIn(server, root);
    await makeKey(server, { token });
    const { id } = await createUser(server, 'native@answers.example');
    expect(await looked('GET /v1/users/:id', bearer(token), `/v1/users/${id}`)).toEqual([]);
    for (const route of [
      'GET /v1/me',
      'GET /v1/me/factors',
      'GET /v1/me/identities',
      'GET /v1/me/passkeys',
      'POST /v1/me/passkeys/options',
      'GET /v1/me/trusted-devices',
      'GET /v1/users',
      'GET /v1/accounts',
      'GET /v1/sessions',
      'POST /v1/sessions/passkey/options',
      'GET /v1/api-keys',
      'GET /v1/clients',
      'GET /v1/roles',
      'GET /v1/password-policy',
      'GET /v1/factor-policy',
      'GET /v1/outbox',
      'GET /v1/audit',
      'GET /health/live',
      'GET /health/ready',
      'GET /.well-known/jwks.json',
    ]) {
      expect([route, await looked(route, bearer(token))]).toEqual([route, []]);
    }
  });

  it('refuses at /v1 as it is described', async () => {
    const headers = bearer(await signIn(server, root));
    const blocked = (await makePerson(server, { email: 'blocked@answers.example' })).uid;
    await server.api.post(`/v1/users/${blocked}/disable`, undefined, headers);
    await server.api.post('/v1/clients', { id: 'twice' }, { ...headers, 'idempotency-key': 'twice' });
    const again = { ...headers, 'idempotency-key': 'twice' };
    const { items } = (await server.api.get('/v1/roles', headers)).body as { items: { id: string }[] };
    const role = `/v1/roles/${items[0]!.id}`;
    const ofUser = `/v1/users/${blocked}`;
    const refusals: [route: string, path: string, status: number, body?: object, headers?: object][] = [
      ['POST /v1/clients', '/v1/clients', 409, { id: 'twice' }, again],
      ['POST /v1/me/factors/totp/confirm', '/v1/me/factors/totp/confirm', 409, { code: '123456' }],
      ['DELETE /v1/me/factors/totp', '/v1/me/factors/totp', 404],
      ['POST /v1/me/factors/recovery-codes', '/v1/me/factors/recovery-codes', 404],
      ['POST /v1/me/identities', '/v1/me/identities', 404, { provider: 'twitter', token: 'x' }],
      ['PATCH /v1/roles/:id', role, 400, { name: 'x' }],
      ['DELETE /v1/roles/:id', role, 400],
      ['POST /v1/users/:id/reset-password', `${ofUser}/reset-password`, 409],
      ['POST /v1/users/:id/sign-in-link', `${ofUser}/sign-in-link`, 409],
      ['PATCH /v1/me', '/v1/me', 415, {}, { ...headers, 'content-type': 'text/xml' }],
      ['GET /v1/me', '/v1/me', 401, undefined, bearer('a.b.c')],
    ];
    for (const [route, path, status, body, more] of refusals) {
      const [method = ''] = route.split(' ');
      const answer = await server.api.send(method, path, body, { ...headers, ...more });
      expect([route, answer.status]).toEqual([route, status]);
      expect([route, api.refuses(method, route.slice(method.length + 1), status)]).toEqual([route, true]);
      expect([route, answerFaults(api, api.schemas['Problem']!, answer.body)]).toEqual([route, []]);
    }
  });
});
