import { createHash } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { DeclareUsers } from '../../../src/accounts/declare-users.service.js';
import type { DeclaredUser } from '../../../src/accounts/declared-user.js';
import { SECOND } from '../../../src/common/clock.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { Users } from '../../../src/users/users.service.js';
import { UsersRepository } from '../../../src/users/users.repository.js';
import { Reader } from '../../../src/database/db.js';
import { bearer, tokenHeader } from '../../support/api.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const PASSWORD = 'correct horse battery';
const REVOKED = {
  status: 403,
  body: { code: 403, data: {}, message: "you don't have permission to access this resource", status: false },
};
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

describe('document 001', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
    const declare = (name: string, level: DeclaredUser['level'], type: DeclaredUser['type'] = 'admin') => ({
      name,
      type,
      level,
      email: `${name}@riseup.example`,
      emailVerified: true,
      password: { kind: 'plain' as const, text: PASSWORD },
    });
    await server
      .get(DeclareUsers)
      .declare([
        declare('root-user', 'superuser'),
        declare('keeper', 'admin'),
        declare('some-user', 'manager'),
        declare('unprivileged', 'member', 'customer'),
      ]);
  });
  afterAll(() => server.stop());

  const login = async (username: string, password = PASSWORD) => {
    const answer = await server.api.post('/api/stable/auth/login', { username, password });
    if (answer.status !== 200) throw new Error(`${username}: ${answer.status}`);
    return answer.body.data as { token: string; sessionId: string; expire: string };
  };
  const whoami = (token: string) => server.api.get('/api/stable/auth/whoami', bearer(token));
  const refused = (status: number, message: string) => ({
    status,
    body: { code: status, data: {}, message, status: false },
  });

  describe('POST /api/stable/auth/login', () => {
    it('answers a JWT with its session id', async () => {
      const answer = await server.api.post('/api/stable/auth/login', {
        username: 'some-user',
        password: PASSWORD,
      });
      expect(answer).toMatchObject({ status: 200, body: { status: true } });
      expect(answer.headers.get('cache-control')).toContain('no-store');
      const { expire, sessionId, token, ...rest } = answer.body.data;
      expect(rest).toEqual({});
      expect(sessionId).toBe(createHash('sha256').update(token).digest('hex'));
      const { header, payload } = jsonwebtoken.decode(token, { complete: true })!;
      expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: expect.any(String) });
      expect(payload).toEqual({
        login: 'some-user',
        orig_iat: expect.any(Number),
        sub: expect.any(String),
        sid: expect.any(String),
        jti: expect.any(String),
        iss: PUBLIC_URL,
        aud: 'backup-repository',
        iat: expect.any(Number),
        exp: Date.parse(expire) / SECOND,
      });
    });

    it('takes a form and any other identifier', async () => {
      const answer = await server.api.send(
        'POST',
        '/api/stable/auth/login',
        `username=some-user%40riseup.example&password=${encodeURIComponent(PASSWORD)}`,
        { 'content-type': 'application/x-www-form-urlencoded' },
      );
      expect(answer.status).toBe(200);
    });

    it.each<[string, unknown]>([
      ['nothing', {}],
      ['an empty name', { username: '', password: 'x' }],
      ['a wrong type', { username: 1, password: ['x'] }],
      ['a list', []],
      ['broken JSON', '{"username":'],
    ])('answers 401 to %s', async (_what, body) => {
      const answer = await server.api.send('POST', '/api/stable/auth/login', body, {
        'content-type': 'application/json',
      });
      expect(answer).toMatchObject(refused(401, 'missing Username or Password'));
      expect(answer.headers.get('www-authenticate')).toBe('JWT realm=backup-repository');
    });

    it('refuses a wrong password and an unknown name alike', async () => {
      for (const username of ['some-user', 'nobody']) {
        const answer = await server.api.post('/api/stable/auth/login', { username, password: 'wrong' });
        expect(answer).toMatchObject(refused(401, 'incorrect Username or Password'));
      }
    });

    it('never gives the same token twice', async () => {
      const logins = await Promise.all(Array.from({ length: 20 }, () => login('some-user')));
      expect(new Set(logins.map(({ sessionId }) => sessionId)).size).toBe(20);
    });
  });

  describe('GET /api/stable/auth/whoami', () => {
    it('shows the session and the user', async () => {
      const { token, sessionId, expire } = await login('some-user');
      const answer = await whoami(token);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        data: {
          email: 'some-user@riseup.example',
          grantedAccess: {
            CreatedAt: TIME,
            UpdatedAt: TIME,
            DeletedAt: null,
            id: sessionId,
            expiresAt: expire.replace('Z', '.000Z'),
            deactivated: false,
            description: 'Login',
            requesterIP: '127.0.0.1',
            user: 'some-user',
          },
          permissions: ['collectionManager'],
          sessionId,
        },
        status: true,
      });
    });

    it.each([
      ['root-user', ['systemAdmin']],
      ['keeper', ['usersManager']],
      ['unprivileged', []],
    ])('tells the permissions of %s', async (name, permissions) => {
      const { token } = await login(name);
      expect((await whoami(token)).body.data.permissions).toEqual(permissions);
    });

    it('tells the roles that were declared, in their order', async () => {
      const user = await server.get(UsersRepository).findByIdentifier(server.get(Reader), 'some-user');
      const give = (roles: string[]) =>
        server.get(UnitOfWork).run((tx) => server.get(Users).applyFields(tx, user!.id, { roles }));
      const { token } = await login('some-user');
      await give(['collectionManager', 'usersManager', 'systemAdmin']);
      expect((await whoami(token)).body.data.permissions).toEqual([
        'collectionManager',
        'usersManager',
        'systemAdmin',
      ]);
      await give([]);
    });

    it('refuses another scheme, a token in the query, and nothing', async () => {
      const { token } = await login('some-user');
      const missing = refused(401, 'cookie token is empty');
      expect(await server.api.get('/api/stable/auth/whoami')).toMatchObject(missing);
      expect(await server.api.get(`/api/stable/auth/whoami?token=${token}`)).toMatchObject(missing);
      expect(await server.api.get('/api/stable/auth/whoami', tokenHeader(token))).toMatchObject(missing);
    });

    it('counts at the native API and at no other surface', async () => {
      const { token } = await login('some-user');
      expect((await server.api.get('/v1/me', bearer(token))).body).toMatchObject({ username: 'some-user' });
      expect((await server.api.get('/api/v1.1/account/me/', tokenHeader(token))).status).toBe(403);
      const other = await server.api.post('/api/v1.1/auth/login/', {
        email: 'some-user@riseup.example',
        password: PASSWORD,
      });
      expect((await whoami(other.body.token as string)).status).toBe(401);
    });
  });

  describe('GET /api/stable/auth/user/:userName', () => {
    const look = (token: string, name: string) =>
      server.api.get(`/api/stable/auth/user/${name}`, bearer(token));
    const forbidden = {
      status: 403,
      body: { data: {}, error: 'no permissions to view that user account', status: false },
    };

    it('shows oneself, and anybody to who manages users', async () => {
      const shown = {
        data: { email: 'some-user@riseup.example', permissions: ['collectionManager'] },
        status: true,
      };
      for (const name of ['some-user', 'keeper', 'root-user']) {
        const { token } = await login(name);
        expect(await look(token, 'some-user')).toMatchObject({ status: 200, body: shown });
      }
    });

    it('gives others the same refusal whether or not there is such a user', async () => {
      const { token } = await login('some-user');
      expect(await look(token, 'root-user')).toMatchObject(forbidden);
      expect(await look(token, 'nobody')).toMatchObject(forbidden);
      const { token: keeper } = await login('keeper');
      expect(await look(keeper, 'nobody')).toMatchObject({
        status: 404,
        body: { data: {}, error: 'user not found', status: false },
      });
    });
  });

  describe.each(['DELETE', 'GET'])('%s /api/stable/auth/logout', (method) => {
    const logout = (token: string, query = '') =>
      server.api.send(method, `/api/stable/auth/logout${query}`, undefined, bearer(token));

    it('revokes the own token at once', async () => {
      const { token, sessionId } = await login('some-user');
      expect((await whoami(token)).status).toBe(200);
      expect(await logout(token)).toMatchObject({
        status: 200,
        body: { data: { message: 'JWT was revoked', sessionId }, status: true },
      });
      expect(await whoami(token)).toMatchObject(REVOKED);
      expect((await server.api.get('/v1/me', bearer(token))).status).toBe(401);
    });

    it('revokes another session by its id, and answers that id', async () => {
      const { token } = await login('some-user');
      const other = await login('some-user');
      for (let time = 0; time < 2; time++) {
        const ended = await logout(token, `?sessionId=${other.sessionId}`);
        expect(ended.body.data).toEqual({ message: 'JWT was revoked', sessionId: other.sessionId });
      }
      expect(await whoami(other.token)).toMatchObject(REVOKED);
      expect((await whoami(token)).status).toBe(200);
    });

    it('lets only a system administrator end foreign sessions or learn that there is none', async () => {
      const { token } = await login('some-user');
      const foreign = await login('unprivileged');
      const forbidden = {
        status: 403,
        body: {
          data: {},
          error: "you don't have permissions to revoke session of other user",
          status: false,
        },
      };
      for (const id of [foreign.sessionId, 'f'.repeat(64), '', 'nonsense']) {
        expect(await logout(token, `?sessionId=${id}`)).toMatchObject(forbidden);
      }
      const { token: root } = await login('root-user');
      expect(await logout(root, `?sessionId=${'f'.repeat(64)}`)).toMatchObject({
        status: 404,
        body: {
          error: 'specified session identifier is not valid, cannot find GrantedAccess of specified id',
        },
      });
      expect((await logout(root, `?sessionId=${foreign.sessionId}`)).status).toBe(200);
      expect(await whoami(foreign.token)).toMatchObject(REVOKED);
    });
  });

  describe('GET /api/stable/auth/token', () => {
    const list = (token: string, query = '') =>
      server.api.get(`/api/stable/auth/token${query}`, bearer(token));

    it('lists the own sessions, newest first, ended ones too', async () => {
      const first = await login('unprivileged');
      const second = await login('unprivileged');
      await server.api.send('DELETE', '/api/stable/auth/logout', undefined, bearer(first.token));
      const answer = await list(second.token);
      expect(answer.status).toBe(200);
      const listed = answer.body.data.grantedAccesses as { id: string; deactivated: boolean }[];
      expect(listed.slice(0, 2).map(({ id, deactivated }) => [id, deactivated])).toEqual([
        [second.sessionId, false],
        [first.sessionId, true],
      ]);
      expect((await list(second.token, '?userName=unprivileged')).body).toEqual(answer.body);
    });

    it('lists those of others for a system administrator only', async () => {
      const { token } = await login('keeper');
      expect(await list(token, '?userName=some-user')).toMatchObject({
        status: 403,
        body: { data: {}, error: 'no permissions to act as other user', status: false },
      });
      const { token: root } = await login('root-user');
      const listed = await list(root, '?userName=some-user');
      expect(listed.body.data.grantedAccesses[0]).toMatchObject({ user: 'some-user' });
      expect((await list(root, '?userName=nobody')).body).toEqual({
        data: { grantedAccesses: [] },
        status: true,
      });
    });
  });

  it('answers unknown paths and wrong methods in plain text', async () => {
    const unknown = await server.api.get('/api/stable/nothing');
    expect(unknown).toMatchObject({ status: 404, body: '404 page not found' });
    expect(unknown.headers.get('content-type')).toContain('text/plain');
    const wrong = await server.api.post('/api/stable/auth/whoami', {});
    expect(wrong).toMatchObject({ status: 405 });
    expect(wrong.headers.get('allow')).toContain('GET');
  });

  it('ends every JWT of a user with his password, and lets it expire', async () => {
    const { token } = await login('unprivileged');
    const opaque = await server.api.post('/api/v1.1/auth/login/', {
      email: 'unprivileged@riseup.example',
      password: PASSWORD,
    });
    await server.api.post(
      '/api/v1.1/auth/change-password/',
      { email: 'unprivileged@riseup.example', password1: 'another password', password2: 'another password' },
      tokenHeader(opaque.body.token as string),
    );
    expect(await whoami(token)).toMatchObject(REVOKED);
    const fresh = await login('unprivileged', 'another password');
    expect((await whoami(fresh.token)).status).toBe(200);
    server.clock.advance(86_402 * SECOND);
    expect(await whoami(fresh.token)).toMatchObject(refused(401, 'Token is expired'));
  });

  it('honours a user only from his networks', async () => {
    const user = await server.get(UsersRepository).findByIdentifier(server.get(Reader), 'keeper');
    const restrict = (networks: string[]) =>
      server.get(UnitOfWork).run((tx) => server.get(Users).applyFields(tx, user!.id, { networks }));
    const { token } = await login('keeper');
    await restrict(['192.0.2.0/24']);
    expect(await whoami(token)).toMatchObject(REVOKED);
    const attempt = await server.api.post('/api/stable/auth/login', {
      username: 'keeper',
      password: PASSWORD,
    });
    expect(attempt).toMatchObject(refused(401, 'incorrect Username or Password'));
    await restrict(['127.0.0.1/32']);
    expect((await whoami(token)).status).toBe(200);
  });
});
