import { jest } from '@jest/globals';
import { DeclareUsers } from '../../src/accounts/declare-users.service.js';
import { ManifestsFaulty } from '../../src/manifests/manifest-faults.js';
import { HashQueue } from '../../src/passwords/hash-queue.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { declareBackupUsers, encodedPassword } from '../support/backup-users.js';
import { PASSWORD } from '../support/declared-people.js';
import { createDataDir, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import {
  AUTH,
  login,
  refusedByHandler,
  refusedByMiddleware,
  REVOKED,
  whoami,
} from '../surfaces/backup-repository/sessions.js';

const MISSING = refusedByMiddleware(401, 'cookie token is empty');
const WRONG = refusedByMiddleware(401, 'incorrect Username or Password');
const FORBIDDEN = refusedByHandler(403, 'no permissions to view that user account');
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The weaknesses of the project that document 001 comes from, by the numbers of the reference note's
 * section 6: each test fails where one of them is here. Beside this file, two more test those of
 * tokens (W5, W13, W14, W15) and those of limits, keys and logs (W6, W9, W10, W12, W15).
 */
describe('weaknesses of document 001', () => {
  const folder = createDataDir();
  let server: TestGatehouse;
  let secrets: Record<string, string>;

  beforeAll(async () => {
    secrets = { own: await encodedPassword(PASSWORD) };
    server = await startTestGatehouse({ MANIFESTS_DIR: folder });
    await declare({
      root: { roles: ['systemAdmin'] },
      keeper: { roles: ['usersManager'] },
      'some-user': { roles: ['collectionManager'] },
    });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  /** Declares users of the password PASSWORD; who is left out stays as he is. */
  const declare = (users: Record<string, object>) =>
    declareBackupUsers(
      server,
      folder,
      Object.fromEntries(
        Object.entries(users).map(([name, spec]) => [
          name,
          {
            email: `${encodeURIComponent(name)}@riseup.example`,
            passwordFromRef: { name: 'passwords', entry: 'own' },
            roles: [],
            ...spec,
          },
        ]),
      ),
      secrets,
    );
  const attempt = (username: string, password = PASSWORD) =>
    server.api.post(`${AUTH}/login`, { username, password });
  const look = (token: string, name: string) =>
    server.api.get(`${AUTH}/user/${encodeURIComponent(name)}`, bearer(token));

  describe('W1. who one is comes from the verified token only', () => {
    const claimed = `x.${base64url({ login: 'root' })}.y`;

    it.each(['DELETE logout', 'GET logout', 'GET whoami', 'GET token', 'GET user/root'])(
      '%s reads no token beside the header, and no claim before the signature',
      async (route) => {
        const [method = '', path = ''] = route.split(' ');
        const { token } = await login(server, 'some-user');
        const unverified: Record<string, string>[] = [
          {},
          { authorization: `JWT ${claimed}` },
          { authorization: `Basic ${claimed}` },
        ];
        for (const headers of unverified) {
          for (const carried of [
            [`?token=${token}`, {}],
            ['', { cookie: `jwt=${token}` }],
          ] as const) {
            const [query, cookie] = carried;
            const answer = await server.api.send(method, `${AUTH}/${path}${query}`, undefined, {
              ...headers,
              ...cookie,
            });
            expect(outcome(answer)).toEqual(MISSING);
          }
        }
        const forged = await server.api.send(
          method,
          `${AUTH}/${path}?token=${token}`,
          undefined,
          bearer(claimed),
        );
        expect(forged).toMatchObject({ status: 401, body: { data: {} } });
        expect((await whoami(server, token)).status).toBe(200);
      },
    );

    it('a good token in the header is not outdone by another one', async () => {
      const { token: root } = await login(server, 'root');
      const { token, sessionId } = await login(server, 'some-user');
      const headers = { ...bearer(token), cookie: `jwt=${root}; token=${root}` };
      const answer = await server.api.get(`${AUTH}/whoami?token=${root}`, headers);
      expect(answer.body.data).toMatchObject({ sessionId, permissions: ['collectionManager'] });
    });
  });

  describe('W2. what a document says of a user is enforced', () => {
    it('deactivated: neither his password nor his token counts', async () => {
      await declare({ leaver: {} });
      const { token } = await login(server, 'leaver');
      await declare({ leaver: { deactivated: true } });
      expect(outcome(await attempt('leaver'))).toEqual(WRONG);
      expect(outcome(await whoami(server, token))).toEqual(REVOKED);
    });

    it('restrictByIP: from elsewhere neither his password nor his token counts', async () => {
      await declare({ bound: { restrictByIP: ['127.0.0.1/32'] } });
      const { token } = await login(server, 'bound');
      expect((await whoami(server, token)).status).toBe(200);
      await declare({ bound: { restrictByIP: ['192.0.2.0/24'] } });
      expect(outcome(await attempt('bound'))).toEqual(WRONG);
      expect(outcome(await whoami(server, token))).toEqual(REVOKED);
    });
  });

  describe('W3. a role means the same wherever it is written', () => {
    it.each([
      ['usersManager', 200],
      ['userManager', 200],
      ['systemAdmin', 200],
      ['collectionManager', 403],
      ['backupUploader', 403],
    ])('%s is answered %i where users are looked at', async (role, status) => {
      await declare({ [`has-${role}`]: { roles: [role] } });
      const { token } = await login(server, `has-${role}`);
      expect((await whoami(server, token)).body.data.permissions).toEqual([role]);
      expect((await look(token, 'some-user')).status).toBe(status);
    });

    it('a role that means nothing is a fault', async () => {
      await expect(declare({ typo: { roles: ['usersmanager'] } })).rejects.toThrow(ManifestsFaulty);
      expect((await attempt('typo')).status).toBe(401);
    });
  });

  describe('W4. there are no tokens that seem narrower than they are', () => {
    it('access keys are a fault of the document, and open nothing', async () => {
      const accessKeys = [{ name: 'uploader', passwordFromRef: { name: 'passwords', entry: 'own' } }];
      await expect(declare({ 'some-user': { accessKeys } })).rejects.toThrow(ManifestsFaulty);
      for (const name of ['some-user$uploader', 'some-user$', '$uploader']) {
        expect(outcome(await attempt(name))).toEqual(WRONG);
      }
      const { token } = await login(server, 'root');
      expect((await look(token, 'some-user$uploader')).status).toBe(404);
    });
  });

  describe('W7. nobody learns who is there', () => {
    const comparable = ({ status, headers, body }: Answer) => ({
      status,
      body: body as unknown,
      headers: [...headers.keys()].filter((name) => name !== 'x-request-id').sort(),
    });

    it('by looking: 403 comes before 404', async () => {
      const { token } = await login(server, 'some-user');
      for (const name of ['root', 'nobody']) expect(outcome(await look(token, name))).toEqual(FORBIDDEN);
      expect(comparable(await look(token, 'root'))).toEqual(comparable(await look(token, 'nobody')));
    });

    it('by signing in: the answer is the same, and it costs the same hash', async () => {
      await declare({ gone: { deactivated: true }, without: { passwordFromRef: undefined } });
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      const seen = [];
      for (const [name, password] of [
        ['nobody', 'wrong'],
        ['root', 'wrong'],
        ['gone', 'wrong'],
        ['gone', PASSWORD],
        ['without', 'wrong'],
      ] as const) {
        queued.mockClear();
        const answer = comparable(await attempt(name, password));
        seen.push({ ...answer, hashes: queued.mock.calls.length });
      }
      expect(seen[0]).toMatchObject({ ...WRONG, hashes: 1 });
      for (const one of seen) expect(one).toEqual(seen[0]);
    });

    it('by ending or listing sessions', async () => {
      const { token } = await login(server, 'some-user');
      const { sessionId } = await login(server, 'root');
      const end = (id: string) => server.api.get(`${AUTH}/logout?sessionId=${id}`, bearer(token));
      const list = (name: string) => server.api.get(`${AUTH}/token?userName=${name}`, bearer(token));
      expect(comparable(await end(sessionId))).toEqual(comparable(await end('0'.repeat(64))));
      expect(comparable(await list('root'))).toEqual(comparable(await list('nobody')));
    });
  });

  describe('W8. a name is a name, not a path', () => {
    it.each([
      '../root',
      '../../v1/secrets/passwords',
      '/etc/passwd',
      './root',
      'root.yaml',
      'root/../keeper',
      '..\\root',
      '..%2Froot',
      '%2e%2e/root',
    ])('%j is nobody, and no answer tells where we looked', async (name) => {
      const { token } = await login(server, 'keeper');
      expect(outcome(await look(token, name))).toEqual(refusedByHandler(404, 'user not found'));
      expect(outcome(await attempt(name))).toEqual(WRONG);
    });

    it.each(['o*n', '*', '#', 'ow?', '@this', 'own|@this', 'own.#', '..own', '@values.0', 'data.own'])(
      'the entry %j of a Secret is looked up as it is written',
      async (entry) => {
        const passwordFromRef = { name: 'passwords', entry };
        const faulty = declare({ injected: { passwordFromRef } });
        await expect(faulty).rejects.toThrow('names an entry that the Secret does not have');
        expect((await attempt('injected')).status).toBe(401);
      },
    );
  });

  describe('W11. oneself is a matter of the user, not of his address', () => {
    it('no two users have one address', async () => {
      await declare({ owner: { email: 'shared@riseup.example' } });
      await expect(declare({ thief: { email: 'SHARED@riseup.example' } })).rejects.toThrow(ManifestsFaulty);
      expect((await attempt('thief')).status).toBe(401);
    });

    it('users without an address do not see each other', async () => {
      const password = { kind: 'plain', text: PASSWORD } as const;
      await server
        .get(DeclareUsers)
        .declare(
          ['first', 'second'].map((name) => ({ name, type: 'customer', level: 'member', password }) as const),
        );
      const { token } = await login(server, 'first');
      expect(outcome(await look(token, 'first'))).toEqual({
        status: 200,
        body: { data: { email: '', permissions: [] }, status: true },
      });
      expect(outcome(await look(token, 'second'))).toEqual(FORBIDDEN);
    });
  });
});
