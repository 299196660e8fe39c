import { MINUTE } from '../../src/common/clock.js';
import type { Level } from '../../src/common/levels.js';
import { enrol, makeGuarded } from '../support/authenticator.js';
import { bearer } from '../support/api.js';
import { makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import { keyHeader } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

/** Who has lost device and recovery codes is helped by somebody who stands above him. */
describe('DELETE /v1/users/:id/factors', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: 'm'.repeat(32) });
  });
  afterAll(() => server.stop());

  const of = (level: Level) => ({ email: `person-${++count}@example.com`, type: 'admin' as const, level });
  const caller = async (level: Level) => bearer(await signIn(server, await makePerson(server, of(level))));
  const remove = (uid: string, headers: Record<string, string>) =>
    server.api.send('DELETE', `/v1/users/${uid}/factors`, undefined, headers);

  it('takes the factor away, ends every session, and the password is enough', async () => {
    const member = await makeGuarded(server, of('member'));
    const login = { email: member.email, password: PASSWORD };
    const { token } = (await server.api.post('/api/v1.1/auth/login/', login)).body as { token: string };
    const admin = await caller('admin');
    const removed = await remove(member.uid, admin);
    expect(removed).toMatchObject({ status: 204, body: '' });
    expect((await server.api.get('/v1/me', bearer(member.token))).status).toBe(401);
    const late = { email: member.email, token, verification_code: member.recoveryCodes[0] };
    expect((await server.api.post('/api/v1.1/auth/two-factor/login/', late)).status).toBe(401);
    const signedIn = bearer(await signIn(server, member));
    expect((await server.api.get('/v1/me/factors', signedIn)).body).toEqual({
      totp: null,
      recoveryCodesLeft: 0,
      passkeys: 0,
      email: null,
    });
    expect(await remove(member.uid, admin)).toMatchObject({
      status: 404,
      body: { code: 'factor-not-found' },
    });
    await enrol(server, signedIn);
  });

  it.each<[Level, Level, number]>([
    ['admin', 'member', 204],
    ['admin', 'manager', 204],
    ['admin', 'admin', 403],
    ['admin', 'superuser', 403],
    ['superuser', 'admin', 204],
    ['superuser', 'superuser', 403],
    ['manager', 'member', 403],
    ['member', 'member', 403],
  ])('by a %s of a %s: %d', async (by, whose, status) => {
    const user = await makeGuarded(server, of(whose));
    expect((await remove(user.uid, await caller(by))).status).toBe(status);
    const answer = await server.api.post('/v1/sessions', { identifier: user.email, password: PASSWORD });
    expect(answer.status).toBe(status === 204 ? 201 : 401);
  });

  it('is no way around showing who one is: not for oneself, a key, an old session or nobody', async () => {
    const user = await makeGuarded(server, of('member'));
    const root = await makeGuarded(server, of('superuser'));
    expect((await remove(root.uid, bearer(root.token))).status).toBe(403);
    const headers = bearer(root.token);
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, headers)).body.secret as string;
    expect((await remove(user.uid, keyHeader(key))).status).toBe(403);
    expect((await remove(user.uid, keyHeader('m'.repeat(32)))).status).toBe(403);
    expect((await remove(user.uid, {})).status).toBe(401);
    server.clock.advance(16 * MINUTE);
    expect(await remove(user.uid, headers)).toMatchObject({
      status: 403,
      body: { code: 'reauthentication-required' },
    });
  });

  it('tells of an unknown user', async () => {
    const admin = await caller('admin');
    for (const id of ['00000000-0000-7000-8000-000000000000', 'nonsense']) {
      expect(await remove(id, admin)).toMatchObject({ status: 404, body: { code: 'user-not-found' } });
    }
  });
});
