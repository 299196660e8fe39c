import { jest } from '@jest/globals';
import { ChangeState } from '../../src/accounts/change-state.service.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { PASSWORD, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { queryDatabase } from '../support/raw-database.js';
import { askToken, createUser, INVALID_GRANT, type GeminiUser } from '../surfaces/gemini/requests.js';

const OTHER_PASSWORD = 'another horse 2';

/** What happens to a user while his sign-in at document 000 runs (contract 3.3). */
describe('a sign-in at document 000 in flight', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  /** Holds the one request that checks a password; `reached` tells that it has. */
  function holdSignIn() {
    const passwords = server.get(Passwords);
    const real = passwords.verify.bind(passwords);
    let reach: () => void = () => undefined;
    let release: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    jest.spyOn(passwords, 'verify').mockImplementationOnce(async (...parameters) => {
      const result = await real(...parameters);
      reach();
      await released;
      return result;
    });
    return { reached, release };
  }

  const setState = (user: GeminiUser, state: 'active' | 'blocked') =>
    server.get(ChangeState).change(SYSTEM_ACTOR, user.id, state);

  const MEANWHILE: [string, (user: GeminiUser) => Promise<void>][] = [
    ['is blocked', (user) => setState(user, 'blocked')],
    [
      'is blocked and active again',
      async (user) => {
        await setState(user, 'blocked');
        await setState(user, 'active');
      },
    ],
    [
      'is erased',
      async (user) => {
        const answer = await server.api.post(`/api/users/${user.id}/delete`, undefined, bearer(user.token));
        expect(answer.status).toBe(204);
      },
    ],
    [
      'changes his password',
      async (user) => {
        const token = await signIn(server, { email: user.email, password: PASSWORD });
        const body = { email: user.email, password1: OTHER_PASSWORD, password2: OTHER_PASSWORD };
        const answer = await server.api.post('/api/v1.1/auth/change-password/', body, tokenHeader(token));
        expect(answer.status).toBe(200);
      },
    ],
  ];

  it.each(MEANWHILE)('of a user who %s leaves no token behind', async (_, happen) => {
    const user = await createUser(server, `person-${++count}@example.com`);
    const { reached, release } = holdSignIn();
    const pending = askToken(server, user.email);
    await reached;
    await happen(user);
    const sessions = () =>
      queryDatabase(
        server.database,
        `SELECT id FROM grants WHERE user_id = '${user.id}' AND surface = 'gemini' ORDER BY id`,
      );
    const before = await sessions();
    release();
    expect(outcome(await pending)).toEqual(INVALID_GRANT);
    expect(await sessions()).toEqual(before);
  });

  it('is not disturbed by what happens to others', async () => {
    const [user, other] = [
      await createUser(server, `person-${++count}@example.com`),
      await createUser(server, `person-${++count}@example.com`),
    ];
    const { reached, release } = holdSignIn();
    const pending = askToken(server, user.email);
    await reached;
    await setState(other, 'blocked');
    release();
    expect((await pending).status).toBe(201);
  });
});
