import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { HOUR } from '../../src/common/clock.js';
import { newId } from '../../src/common/ids.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { AccessTokens } from '../../src/grants/jwt/access-tokens.service.js';
import { Sessions } from '../../src/grants/sessions.service.js';
import { bearer } from '../support/api.js';
import { makePerson, type Person } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { refusedByMiddleware, whoami } from '../surfaces/backup-repository/sessions.js';

const SURFACE = 'backup-repository';

/**
 * What a JWT says of its session, its user and its door is compared with what was kept when it was
 * given: not even a token of ours whose digest is kept counts for anything else than it says.
 */
describe('a JWT is bound to its session, its user and its door', () => {
  let server: TestGatehouse;
  let person: Person;
  let other: Person;

  beforeAll(async () => {
    server = await startTestGatehouse();
    person = await makePerson(server, { email: 'some-user@riseup.example' });
    other = await makePerson(server, { email: 'root@riseup.example', level: 'superuser' });
  });
  afterAll(() => server.stop());

  /** Keeps a session of `person` at document 001 under a JWT that says `said` instead. */
  async function given(said: { userId?: string; grantId?: string; surface?: string }): Promise<string> {
    const grantId = newId();
    const expiresAt = server.clock.now() + HOUR;
    const token = await server.get(AccessTokens).sign({
      userId: person.uid,
      grantId,
      surface: SURFACE,
      expiresAt,
      claims: { login: 'some-user' },
      ...said,
    });
    const session = { userId: person.uid, epoch: 0, surface: SURFACE, description: 'Login' };
    const opened = await server.get(UnitOfWork).run((tx) =>
      server.get(Sessions).open(tx, SYSTEM_ACTOR, session, {
        grantId,
        token,
        use: 'access',
        format: 'jwt',
        expiresAt,
        idleTtl: null,
        refresh: null,
      }),
    );
    return opened!.token;
  }
  const me = (token: string) => server.api.get('/v1/me', bearer(token));

  it('counts as it was given', async () => {
    const token = await given({});
    expect((await whoami(server, token)).status).toBe(200);
    expect((await me(token)).status).toBe(200);
  });

  it.each([
    ['another door', () => ({ surface: 'open-loyalty' })],
    ['the native API', () => ({ surface: 'native' })],
    ['another session', () => ({ grantId: newId() })],
    ['another user', () => ({ userId: other.uid })],
  ])('counts nowhere when it says %s', async (_what, said) => {
    const token = await given(said());
    for (let time = 0; time < 2; time += 1) {
      expect(await whoami(server, token)).toMatchObject(refusedByMiddleware(401, 'signature is invalid'));
      expect((await me(token)).status).toBe(401);
    }
  });
});
