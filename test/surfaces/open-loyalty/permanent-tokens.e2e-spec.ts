import { DAY } from '../../../src/common/clock.js';
import { bearer, outcome, type Answer } from '../../support/api.js';
import { block, PASSWORD, rowsOf, type Person } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  adminBody,
  BAD_JWT,
  BAD_KEY,
  DATA,
  FORBIDDEN,
  hire,
  keyHeader,
  LIST,
  loginCheck,
  makeAdmin,
  makeMember,
  makeRole,
  MASTER,
  roleIdOf,
  signInAt,
  UNAUTHENTICATED,
  type Member,
} from './people.js';

const KEY = 'customPermanentToken';
const REFUSED = 'wrong-permanent-token';

describe('permanent tokens', () => {
  let server: TestGatehouse;
  let superuser: Member;
  let owner: Person;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    superuser = await makeAdmin(server, 'superuser');
    const full = await roleIdOf(server, superuser, 'Full admin');
    owner = await hire(server, superuser, { external: 1, apiKey: KEY, roles: [full] });
  });
  afterAll(() => server.stop());

  const list = (query = '', headers: Record<string, string> = {}) =>
    server.api.get(`${LIST}${query}`, headers);
  const ownerOf = async (answer: Promise<Answer>) => ((await answer).body as { id: string }).id;

  /** A reporter with a token of his own. */
  async function external() {
    const key = `permanent-token-${++count}`;
    return { ...(await hire(server, superuser, { external: 1, apiKey: key })), key };
  }

  describe('carriers', () => {
    it('are the header and the query, as the document shows', async () => {
      const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
      expect((await list('', { ...form, 'X-AUTH-TOKEN': KEY })).status).toBe(200);
      expect((await list(`?auth_token=${KEY}`, form)).status).toBe(200);
      expect(await ownerOf(server.api.get(DATA, keyHeader(KEY)))).toBe(owner.uid);
      expect(await ownerOf(server.api.get(`${DATA}?auth_token=${KEY}`))).toBe(owner.uid);
    });

    it('of both the header wins; an empty one is not there', async () => {
      const other = await external();
      expect(await ownerOf(server.api.get(`${DATA}?auth_token=${KEY}`, keyHeader(other.key)))).toBe(
        other.uid,
      );
      expect(outcome(await list(`?auth_token=${KEY}`, keyHeader(REFUSED)))).toEqual(BAD_KEY);
      expect((await list(`?auth_token=${REFUSED}`, keyHeader(KEY))).status).toBe(200);
      expect((await list(`?auth_token=${KEY}`, keyHeader(''))).status).toBe(200);
    });

    it('count at every route of the document, never with a server error', async () => {
      const check = '/api/customer/check?emailOrPhone=nobody@example.com';
      expect(outcome(await server.api.get(check, keyHeader(KEY)))).toEqual({
        status: 200,
        body: { total: 0 },
      });
      const register = '/api/seller/customer/register';
      expect(outcome(await server.api.post(register, {}, keyHeader(KEY)))).toEqual(FORBIDDEN);
    });

    it('write no token into the log', () => {
      const log = server.log();
      expect([KEY, REFUSED, MASTER].filter((secret) => log.includes(secret))).toEqual([]);
    });
  });

  describe('what is no credential', () => {
    it.each([
      'wrong',
      'CUSTOMPERMANENTTOKEN',
      `${KEY}x`,
      KEY.slice(0, -1),
      `ghk_${'0'.repeat(48)}`,
      'x'.repeat(2_000),
    ])('answers 403 to the wrong token %s', async (key) => {
      expect(outcome(await list('', keyHeader(key)))).toEqual(BAD_KEY);
      expect(outcome(await list(`?auth_token=${key}`))).toEqual(BAD_KEY);
    });

    it('answers 403 to a token given twice in the query', async () => {
      expect(outcome(await list(`?auth_token=${KEY}&auth_token=${KEY}`))).toEqual(BAD_KEY);
      expect(outcome(await list(`?auth_token=${KEY}x&auth_token=${KEY}`))).toEqual(BAD_KEY);
    });

    it('answers 401 to nothing, to empty values and to a scheme of another document', async () => {
      const opaque = await server.api.post('/api/v1.1/auth/login/', {
        email: superuser.email,
        password: PASSWORD,
      });
      const other = { authorization: `Token ${opaque.body.token}` };
      for (const answer of [await list(), await list('?auth_token=', keyHeader('')), await list('', other)]) {
        expect(outcome(answer)).toEqual(UNAUTHENTICATED);
      }
    });

    it('answers 401 with a challenge to a bad JWT, whatever is wrong with it', async () => {
      const { token } = (await loginCheck(server, 'admin', superuser.email, PASSWORD)).body as {
        token: string;
      };
      const [header, claims, signature] = token.split('.') as [string, string, string];
      const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
      const opaque = await server.api.post('/api/v1.1/auth/login/', {
        email: superuser.email,
        password: PASSWORD,
      });
      const at001 = await server.api.post('/api/stable/auth/login', {
        username: superuser.email,
        password: PASSWORD,
      });
      const bad = [
        'x',
        'a.b.c',
        `${header}.${claims}.`,
        `${header}.${claims}.${signature.slice(0, -4)}AAAA`,
        `${none}.${claims}.`,
        opaque.body.token as string,
        at001.body.data.token as string,
        KEY,
      ];
      for (const wrong of bad) {
        const answer = await list('', bearer(wrong));
        expect(outcome(answer)).toEqual(BAD_JWT);
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
      expect(outcome(await list('', { authorization: 'Bearer' }))).toEqual(BAD_JWT);
      expect((await list('', bearer(token))).status).toBe(200);
    });
  });

  describe('what a token may', () => {
    it('is what its owner may, as he is now', async () => {
      const person = await external();
      const form = { admin: { email: 'made@staff.example', plainPassword: PASSWORD } };
      expect((await list('', keyHeader(person.key))).status).toBe(200);
      expect(outcome(await server.api.post(DATA, form, keyHeader(person.key)))).toEqual(FORBIDDEN);
      const role = await makeRole(server, superuser, 'Cashier', [['POS', 'VIEW']]);
      const move = { admin: { email: person.email, external: 1, isActive: 1, roles: [role] } };
      expect((await server.api.send('PUT', `${DATA}/${person.uid}`, move, superuser.headers)).status).toBe(
        200,
      );
      expect(outcome(await list('', keyHeader(person.key)))).toEqual(FORBIDDEN);
    });

    it('is never to make another token', async () => {
      const target = await hire(server, superuser);
      const users = await rowsOf(server, 'users');
      const fields = {
        email: 'accomplice@staff.example',
        external: 1,
        apiKey: 'stolen-permanent-token',
        isActive: 1,
      };
      expect(outcome(await server.api.post(DATA, { admin: fields }, keyHeader(KEY)))).toEqual(FORBIDDEN);
      const change = { admin: { ...fields, email: target.email } };
      const put = await server.api.send('PUT', `${DATA}/${target.uid}?auth_token=${KEY}`, change);
      expect(outcome(put)).toEqual(FORBIDDEN);
      expect(await rowsOf(server, 'users')).toBe(users);
      expect((await server.api.get(`${DATA}/${target.uid}`, superuser.headers)).body).toEqual(
        adminBody(target.uid, target.email),
      );
      expect(outcome(await list('', keyHeader('stolen-permanent-token')))).toEqual(BAD_KEY);
    });

    it('is to make and change administrators without one', async () => {
      const made = { admin: { email: 'plain@staff.example', plainPassword: PASSWORD, isActive: 1 } };
      expect((await server.api.post(DATA, made, keyHeader(KEY))).status).toBe(200);
      const target = await external();
      const kept = { admin: { email: target.email, firstName: 'Ada', external: 1, isActive: 1 } };
      expect((await server.api.send('PUT', `${DATA}/${target.uid}`, kept, keyHeader(KEY))).status).toBe(200);
      expect((await list('', keyHeader(target.key))).status).toBe(200);
    });
  });

  describe('disabling the owner', () => {
    const disable = {
      'by PUT with isActive=0': (person: Person) =>
        server.api.send(
          'PUT',
          `${DATA}/${person.uid}`,
          { admin: { email: person.email, external: 1, isActive: 0 } },
          superuser.headers,
        ),
      'at the native API': (person: Person) =>
        server.api.post(`/v1/users/${person.uid}/disable`, undefined, superuser.headers),
      'at the command line': (person: Person) => block(server, person),
    };

    it.each(Object.entries(disable))('%s refuses his token on the next request', async (_, shutOut) => {
      const person = await external();
      expect((await list('', keyHeader(person.key))).status).toBe(200);
      await shutOut(person);
      expect(outcome(await list('', keyHeader(person.key)))).toEqual(BAD_KEY);
      expect(outcome(await list(`?auth_token=${person.key}`))).toEqual(BAD_KEY);
    });
  });

  describe('the configured key', () => {
    it('may everything, by header and by query, and is nobody', async () => {
      expect((await list('', keyHeader(MASTER))).status).toBe(200);
      expect((await list(`?auth_token=${MASTER}`)).status).toBe(200);
      const person = await hire(
        server,
        { headers: keyHeader(MASTER) },
        {
          roles: [await roleIdOf(server, superuser, 'Super admin')],
        },
      );
      expect((await list('', await signInAt(server, 'admin', person))).status).toBe(200);
      for (const path of [
        '/api/admin/password/change',
        '/api/token/revoke',
        '/api/seller/customer/register',
      ]) {
        expect(outcome(await server.api.post(path, {}, keyHeader(MASTER)))).toEqual(FORBIDDEN);
      }
    });

    it.each([MASTER.toUpperCase(), MASTER.slice(0, -1), `${MASTER}0`, `${MASTER.slice(0, -1)}0`])(
      'is not %s',
      async (key) => {
        expect(outcome(await list('', keyHeader(key)))).toEqual(BAD_KEY);
      },
    );
  });

  it('a customer and a seller have none', async () => {
    for (const type of ['customer', 'seller'] as const) {
      const { uid } = await makeMember(server, type, { email: `${type}@example.com` });
      const fields = { admin: { email: `${type}@example.com`, external: 1, apiKey: 'a-token-of-a-member' } };
      expect((await server.api.send('PUT', `${DATA}/${uid}`, fields, superuser.headers)).status).toBe(404);
    }
    expect(outcome(await list('', keyHeader('a-token-of-a-member')))).toEqual(BAD_KEY);
  });

  it('outlive every session', async () => {
    const headers = await signInAt(server, 'admin', superuser);
    server.clock.advance(366 * DAY);
    expect(outcome(await list('', headers))).toEqual(BAD_JWT);
    expect((await list('', keyHeader(KEY))).status).toBe(200);
  });
});

describe('without MASTER_API_KEY', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  it.each([MASTER, 'null', 'undefined', '0'])('%s opens nothing', async (key) => {
    expect(outcome(await server.api.get(LIST, keyHeader(key)))).toEqual(BAD_KEY);
    expect(outcome(await server.api.get(`${LIST}?auth_token=${key}`))).toEqual(BAD_KEY);
  });
});
