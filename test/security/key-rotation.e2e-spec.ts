import { createPublicKey, randomBytes, type JsonWebKey } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { pino } from 'pino';
import { startGatehouse, type Gatehouse } from '../../src/bootstrap.js';
import { DAY, MINUTE } from '../../src/common/clock.js';
import { loadConfig } from '../../src/config/load-config.js';
import { SigningKeys } from '../../src/grants/jwt/signing-keys.service.js';
import { bearer, TestApi } from '../support/api.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import {
  createDataDir,
  startTestGatehouse,
  testEnvironment,
  type TestGatehouse,
} from '../support/gatehouse.js';
import { AUTH, login, type Session } from '../surfaces/backup-repository/sessions.js';

const ROTATIONS = 10;
/** Keys are found by luck: on a busy machine ten of them take long. */
const PATIENCE = 60_000;
const SECRET_KEY = randomBytes(32).toString('base64');

/** Two nodes on one database: what one rotates, the other has to know at once. */
describe('signing keys that rotate', () => {
  let server: TestGatehouse;
  let other: Gatehouse;
  let apis: readonly [TestApi, TestApi];

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
    const environment = { ...testEnvironment(createDataDir(), server.database.url), SECRET_KEY };
    other = await startGatehouse(loadConfig(environment), {
      clock: server.clock,
      logger: pino({ level: 'silent' }),
    });
    apis = [server.api, new TestApi(other.address)];
    await makePerson(server, { name: 'some-user', email: 'some-user@riseup.example' });
  }, PATIENCE);
  afterAll(async () => {
    await other.app.close();
    await server.stop();
  });

  const apiOf = (turn: number): TestApi => apis[turn % apis.length]!;
  const keysOf = (turn: number): SigningKeys => [server.gatehouse, other][turn % 2]!.app.get(SigningKeys);
  const kidOf = ({ token }: Session): string => jsonwebtoken.decode(token, { complete: true })!.header.kid!;
  const check = async (turn: number, { token }: Session): Promise<number> =>
    (await apiOf(turn).get(`${AUTH}/whoami`, bearer(token))).status;

  async function signInAt(turn: number): Promise<Session> {
    const answer = await apiOf(turn).post(`${AUTH}/login`, { username: 'some-user', password: PASSWORD });
    expect(answer.status).toBe(200);
    return answer.body.data as Session;
  }

  /** The keys that a node publishes. */
  async function published(turn: number): Promise<Set<string>> {
    const answer = await apiOf(turn).get('/.well-known/jwks.json');
    expect(answer.status).toBe(200);
    const keys = answer.body.keys as { kid: string }[];
    for (const key of keys) {
      expect(key).toEqual({
        kty: 'RSA',
        use: 'sig',
        alg: 'RS256',
        e: 'AQAB',
        n: expect.stringMatching(/^[\w-]{342}$/),
        kid: expect.any(String),
      });
    }
    const kids = keys.map(({ kid }) => kid);
    expect(new Set(kids).size).toBe(kids.length);
    return new Set(kids);
  }

  it(
    'ten times, while tokens are checked and given on both nodes: not one check fails',
    async () => {
      const sessions: Session[] = [await signInAt(0), await signInAt(1)];
      const kids = [kidOf(sessions[0]!)];
      const failures: string[] = [];
      let isRotating = true;

      /** Checks one token after the other, old and new, until the last rotation is over. */
      const checker = async (client: number): Promise<number> => {
        let checks = 0;
        do {
          const status = await check(client, sessions[(checks * 7 + client) % sessions.length]!);
          if (status !== 200) failures.push(`client ${client}, check ${checks}: ${status}`);
          checks += 1;
        } while (isRotating);
        return checks;
      };
      /** Signs in at one node, and shows the fresh token at the other. */
      const newcomer = async (client: number): Promise<number> => {
        let checks = 0;
        do {
          const session = await signInAt(client);
          const status = await check(client + 1, session);
          if (status !== 200) failures.push(`newcomer ${client}, check ${checks}: ${status}`);
          sessions.push(session);
          checks += 1;
        } while (isRotating);
        return checks;
      };

      const checkers = [0, 1, 2, 3].map(checker);
      const newcomers = [0, 1].map(newcomer);
      try {
        for (let turn = 0; turn < ROTATIONS; turn += 1) {
          const kid = await keysOf(turn).rotate();
          kids.push(kid);
          const session = await signInAt(turn);
          expect(kidOf(session)).toBe(kid);
          sessions.push(session);
          expect(await check(turn + 1, session)).toBe(200);
        }
      } finally {
        isRotating = false;
      }
      const checks = await Promise.all(checkers);
      const arrivals = await Promise.all(newcomers);

      expect(failures).toEqual([]);
      expect(Math.min(...checks)).toBeGreaterThanOrEqual(ROTATIONS);
      expect(Math.min(...arrivals)).toBeGreaterThan(1);
      expect(new Set(kids).size).toBe(ROTATIONS + 1);
      expect(new Set(sessions.map(kidOf))).toEqual(new Set(kids));
      const onePerKey = new Map(sessions.map((session) => [kidOf(session), session]));
      for (const turn of [0, 1]) {
        for (const session of onePerKey.values()) expect(await check(turn, session)).toBe(200);
        expect(await published(turn)).toEqual(new Set(kids));
      }
    },
    PATIENCE,
  );

  it('verifies with the key that the token names, as any reader of jwks.json may', async () => {
    const session = await login(server, 'some-user');
    const answer = await server.api.get('/.well-known/jwks.json');
    const keys = answer.body.keys as (JsonWebKey & { kid: string })[];
    expect(keys.length).toBeGreaterThan(ROTATIONS);
    for (const jwk of keys) {
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const verify = () => jsonwebtoken.verify(session.token, key, { algorithms: ['RS256'] });
      if (jwk.kid === kidOf(session)) expect(verify()).toMatchObject({ login: 'some-user' });
      else expect(verify).toThrow('invalid signature');
    }
  });

  it('lists a retired key until its last token has expired, and no longer', async () => {
    const last = await signInAt(0);
    const retired = kidOf(last);
    const current = await keysOf(0).rotate();
    server.clock.advance(DAY - MINUTE);
    expect(await check(1, last)).toBe(200);
    expect(await published(1)).toContain(retired);

    server.clock.advance(3 * MINUTE);
    const next = await keysOf(0).rotate();
    expect(await check(1, last)).toBe(401);
    for (const turn of [0, 1]) expect(await published(turn)).toEqual(new Set([current, next]));
  });

  it('is known to the other node at once: it publishes the new key, and signs with no other', async () => {
    await signInAt(1);
    const kid = await keysOf(0).rotate();
    expect(await published(1)).toContain(kid);
    expect(kidOf(await signInAt(1))).toBe(kid);
  });

  it('lets a token live its time that the other node signed long after', async () => {
    await signInAt(1);
    await keysOf(0).rotate();
    server.clock.advance(10 * MINUTE);
    const session = await signInAt(1);
    server.clock.advance(DAY - 8 * MINUTE);
    await keysOf(0).rotate();
    expect(await check(0, session)).toBe(200);
  });
});
