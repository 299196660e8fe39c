import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import { jest } from '@jest/globals';
import { DAY, HOUR, SECOND } from '../../src/common/clock.js';
import { ConfigurationFault, loadConfig } from '../../src/config/load-config.js';
import { HashQueue } from '../../src/passwords/hash-queue.js';
import { bearer, outcome } from '../support/api.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { AUTH, login, refusedByMiddleware, whoami } from '../surfaces/backup-repository/sessions.js';

const WRONG = refusedByMiddleware(401, 'incorrect Username or Password');
const LIMITED = refusedByMiddleware(429, 'too many requests');

/**
 * The weaknesses of the project that document 001 comes from (reference note, section 6), as far as
 * limits, keys and logs go. Nobody stands between: TRUST_PROXY is 0, as by default.
 */
describe('weaknesses of document 001, with limits', () => {
  let server: TestGatehouse;
  let serial = 0;
  let name: string;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on' });
  });
  beforeEach(async () => {
    // Beyond every delay that the test before has earned its address.
    server.clock.advance(2 * HOUR);
    serial += 1;
    name = `user-${serial}`;
    await makePerson(server, { name, email: `${name}@riseup.example` });
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const attempt = (username: string, password: string, headers: Record<string, string> = {}) =>
    server.api.post(`${AUTH}/login`, { username, password }, headers);
  /** Everything in which a caller may say where he comes from. */
  const from = (address: string) => ({
    'x-forwarded-for': address,
    'x-real-ip': address,
    'x-client-ip': address,
    'cf-connecting-ip': address,
    'true-client-ip': address,
    forwarded: `for=${address}`,
  });

  describe('W6. a caller does not choose his address', () => {
    it('not where it is written down', async () => {
      const { token } = await login(server, name, PASSWORD, from('203.0.113.1'));
      expect((await whoami(server, token)).body.data.grantedAccess.requesterIP).toBe('127.0.0.1');
    });

    it('not where failures are counted', async () => {
      for (let guess = 1; guess <= 10; guess += 1) {
        expect(outcome(await attempt(name, 'wrong', from(`203.0.113.${guess}`)))).toEqual(WRONG);
      }
      const limited = await attempt(name, PASSWORD, from('203.0.113.99'));
      expect(outcome(limited)).toEqual(LIMITED);
      const seconds = Number(limited.headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      server.clock.advance(seconds * SECOND);
      expect((await attempt(name, PASSWORD)).status).toBe(200);
    });

    it('and a crowd of counters breaks nothing', async () => {
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, at) => attempt(`nobody-${at}`, 'wrong', from(`198.51.100.${at}`))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
      expect((await server.api.get('/health/ready')).status).toBe(200);
    });
  });

  describe('W9. nothing opens by an empty secret', () => {
    it('no token counts that was signed with an empty one', async () => {
      const { token } = await login(server, name);
      const [, payload = ''] = token.split('.');
      for (const alg of ['HS256', 'HS384', 'HS512']) {
        const header = Buffer.from(JSON.stringify({ alg, typ: 'JWT' })).toString('base64url');
        const signature = createHmac(alg.replace('HS', 'sha'), '')
          .update(`${header}.${payload}`)
          .digest('base64url');
        const answer = await whoami(server, `${header}.${payload}.${signature}`);
        expect(outcome(answer)).toEqual(refusedByMiddleware(401, 'invalid signing algorithm'));
      }
    });

    it('the key is made, not configured, and long', async () => {
      await login(server, name);
      const { keys } = (await server.api.get('/.well-known/jwks.json')).body as { keys: JsonWebKey[] };
      expect(keys).toHaveLength(1);
      const key = createPublicKey({ key: keys[0]!, format: 'jwk' });
      expect(key.asymmetricKeyDetails?.modulusLength).toBe(2_048);
    });

    it.each(['x', 'change-me', Buffer.alloc(16, 7).toString('base64')])(
      'a SECRET_KEY like %s is refused',
      (SECRET_KEY) => {
        expect(() => loadConfig({ SECRET_KEY })).toThrow(ConfigurationFault);
      },
    );

    it('no health door asks for a code, or tells more than that we are well', async () => {
      for (const path of ['/ready', '/api/stable/repository/collection/iwa-ait/health?code=']) {
        expect((await server.api.get(path)).status).toBe(404);
      }
      for (const code of ['', '?code=', '?code=wrong']) {
        const answer = await server.api.get(`/health/ready${code}`);
        expect(outcome(answer)).toEqual({ status: 200, body: { status: 'ok' } });
      }
    });
  });

  describe('W10. the log holds no token', () => {
    it('neither a refused one nor a good one', async () => {
      const good = await login(server, name);
      const revoked = await login(server, name);
      await server.api.get(`${AUTH}/logout`, bearer(revoked.token));
      const expired = await login(server, name);
      server.clock.advance(DAY + SECOND);
      const fresh = await login(server, name);
      const broken = `${fresh.token.slice(0, -8)}AAAAAAAA`;
      const statuses = [];
      for (const token of [fresh.token, broken, revoked.token, expired.token, good.token]) {
        statuses.push((await whoami(server, token)).status);
        await server.api.get(`${AUTH}/whoami?token=${token}`, { cookie: `jwt=${token}` });
        await server.api.get(`${AUTH}/user/${token}`);
      }
      expect(statuses).toEqual([200, 401, 401, 401, 401]);
      const log = server.log();
      expect(log).toContain(`"${AUTH}/whoami"`);
      for (const session of [good, revoked, expired, fresh]) {
        for (const part of session.token.split('.').slice(1)) expect(log).not.toContain(part);
        expect(log).not.toContain(session.sessionId);
      }
      expect(log).not.toContain(broken);
      expect(log).not.toContain(PASSWORD);
    });
  });

  describe('W12. a hash costs enough, and is no lever', () => {
    it('is what today’s guidance asks for, unless somebody says otherwise', () => {
      expect(loadConfig({}).hashing).toEqual({ memoryKib: 19_456, timeCost: 2, parallelism: 1 });
    });

    it('no address has more of them made than it may fail', async () => {
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, at) => attempt(`${name}-${at}`, 'wrong', from(`192.0.2.${at}`))),
      );
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(30);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
      expect(queued).toHaveBeenCalledTimes(30);
    });
  });

  describe('W15. a malformed sign-in is refused as documented, and is no failed one', () => {
    it('costs no hash and shuts nobody out', async () => {
      const queued = jest.spyOn(server.get(HashQueue), 'run');
      for (const body of ['{', '[]', '{}', `{"username":"${name}"}`, `{"username":"${name}","password":1}`]) {
        for (let time = 0; time < 8; time += 1) {
          const answer = await server.api.post(`${AUTH}/login`, body, { 'content-type': 'application/json' });
          expect(outcome(answer)).toEqual(refusedByMiddleware(401, 'missing Username or Password'));
        }
      }
      expect(queued).not.toHaveBeenCalled();
      expect((await attempt(name, PASSWORD)).status).toBe(200);
    });
  });
});
