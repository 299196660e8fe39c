import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import { startGatehouse, type Gatehouse } from '../../../src/bootstrap.js';
import { SECOND } from '../../../src/common/clock.js';
import { loadConfig } from '../../../src/config/load-config.js';
import { bearer, outcome, TestApi } from '../../support/api.js';
import { makePerson } from '../../support/declared-people.js';
import {
  createDataDir,
  startTestGatehouse,
  testEnvironment,
  type TestGatehouse,
} from '../../support/gatehouse.js';
import { BAD_REFRESH, PATIENCE, pairOf, refresh, signInAt } from './doors.js';

const [OLD, NEW] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64'));
const EMAIL = 'customer@example.com';

/** Two nodes on one database, the second with the newer SECRET_KEY already in front, as in a rotation. */
describe('refresh tokens on two nodes while SECRET_KEYS rotate', () => {
  let server: TestGatehouse;
  let other: Gatehouse;
  let apis: readonly [TestApi, TestApi];

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY: '', SECRET_KEYS: `${OLD},${NEW}` });
    const environment = {
      ...testEnvironment(createDataDir(), server.database.url),
      SECRET_KEY: '',
      SECRET_KEYS: `${NEW},${OLD}`,
    };
    other = await startGatehouse(loadConfig(environment), {
      clock: server.clock,
      logger: pino({ level: 'silent' }),
    });
    apis = [server.api, new TestApi(other.address)];
    await makePerson(server, { email: EMAIL });
  }, PATIENCE);
  afterAll(async () => {
    await other.app.close();
    await server.stop();
  });

  const check = async (api: TestApi, token: string) => (await api.get('/v1/me', bearer(token))).status;

  it.each([
    ['before', 0, 1],
    ['after', 1, 0],
  ] as const)('give the successor that the node %s the rotation has given', async (_when, first, second) => {
    const { refreshToken } = await signInAt(apis[first], 'customer', EMAIL);
    const given = pairOf(await refresh(apis[first], refreshToken));
    server.clock.advance(29 * SECOND);
    const repeated = pairOf(await refresh(apis[second], refreshToken));
    expect(repeated.refreshToken).toBe(given.refreshToken);
    const next = pairOf(await refresh(apis[second], given.refreshToken));
    expect(pairOf(await refresh(apis[first], given.refreshToken)).refreshToken).toBe(next.refreshToken);
    for (const api of apis) {
      for (const { token } of [given, repeated, next]) expect(await check(api, token)).toBe(200);
    }
  });

  it(
    'give one successor to all that race on both',
    async () => {
      let { refreshToken } = await signInAt(apis[0], 'customer', EMAIL);
      for (let round = 0; round < 5; round += 1) {
        const racing = refreshToken;
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, turn) => refresh(apis[(turn + round) % 2]!, racing)),
        );
        const pairs = answers.map(pairOf);
        expect(new Set(pairs.map((pair) => pair.refreshToken)).size).toBe(1);
        const statuses = pairs.map(({ token }, turn) => check(apis[turn % 2]!, token));
        expect(await Promise.all(statuses)).toEqual(pairs.map(() => 200));
        ({ refreshToken } = pairs[0]!);
        server.clock.advance(31 * SECOND);
      }
    },
    PATIENCE,
  );

  it('end the family on the other node at once', async () => {
    const first = await signInAt(apis[0], 'customer', EMAIL);
    const second = pairOf(await refresh(apis[1], first.refreshToken));
    for (const api of apis) expect(await check(api, second.token)).toBe(200);
    server.clock.advance(31 * SECOND);
    expect(outcome(await refresh(apis[0], first.refreshToken))).toEqual(BAD_REFRESH);
    expect(outcome(await refresh(apis[1], second.refreshToken))).toEqual(BAD_REFRESH);
    for (const api of apis) {
      for (const { token } of [first, second]) expect(await check(api, token)).toBe(401);
    }
  });
});
