import { MINUTE } from '../../../src/common/clock.js';
import { makeGuarded, type Guarded } from '../../support/authenticator.js';
import { bearer, outcome, tokenHeader } from '../../support/api.js';
import { block, unblock } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const PATH = '/api/v1.1/auth/two-factor/login/';
const told = (message: string, code: string) => ({ status: 401, body: { message, _errors: [code] } });
const INVALID = told('MFA temporary token invalid', 'MFA_TEMP_TOKEN_INVALID');
const EXPIRED = told('MFA temporary token expired', 'MFA_TEMP_TOKEN_EXPIRED');
const WRONG = told('Wrong verification code', 'WRONG_VERIFICATION_CODE');

/** Contract 4.5, MFA; reference note 1.2 and 1.3. */
describe('004 with a second factor', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const newcomer = () => makeGuarded(server, { email: `person-${++count}@example.org` });
  const logIn = ({ email, password }: Guarded) =>
    server.api.post('/api/v1.1/auth/login/', { email, password });
  const pendingOf = async (person: Guarded) => (await logIn(person)).body.token as string;
  const complete = ({ email }: Pick<Guarded, 'email'>, token: string, verification_code: string) =>
    server.api.post(PATH, { email, token, verification_code });

  it('answers a temporary token, and for it and a code the real one', async () => {
    const ada = await newcomer();
    const answer = await logIn(ada);
    const body = {
      uid: ada.uid,
      email: ada.email,
      url: 'http://id.gatehouse.test/api/v1.1/account/me/',
      token: expect.stringMatching(/^[0-9a-f]{40}$/),
      first_name: '',
      last_name: '',
      level: 'simpleuser',
      groups: [],
      external_auth: false,
      defaultdividers: [],
    };
    expect(outcome(answer)).toEqual({
      status: 200,
      body: { ...body, is_verified: false, mfa_mode: 'MFA_OTP' },
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const temporary = answer.body.token as string;
    const done = await complete(ada, temporary, ada.app.freshCode());
    expect(outcome(done)).toEqual({ status: 200, body: { ...body, is_verified: true, mfa_mode: '' } });
    expect(done.headers.get('cache-control')).toBe('no-store');
    expect(done.body.token).not.toBe(temporary);
    expect(
      (await server.api.get('/api/v1.1/account/me/', tokenHeader(done.body.token as string))).status,
    ).toBe(200);
    expect(outcome(await complete(ada, temporary, ada.app.freshCode()))).toEqual(EXPIRED);
  });

  it('the temporary token opens its own route and no other', async () => {
    const ada = await newcomer();
    const token = await pendingOf(ada);
    const asks = [
      () => server.api.get('/api/v1.1/account/me/', tokenHeader(token)),
      () => server.api.get(`/api/v1.1/account/me/?c_auth_with_token=${token}`),
      () => server.api.patch('/api/v1.1/account/me/', { first_name: 'Eve' }, tokenHeader(token)),
      () =>
        server.api.post(
          '/api/v1.1/auth/change-password/',
          { email: ada.email, password1: 'another one 22', password2: 'another one 22' },
          tokenHeader(token),
        ),
      () => server.api.get('/v1/me', bearer(token)),
      () => server.api.get('/v1/me/factors', bearer(token)),
      () => server.api.get('/v1/sessions', bearer(token)),
      () => server.api.send('DELETE', '/v1/me/factors/totp', undefined, bearer(token)),
      () => server.api.post('/v1/sessions/current/confirm', { password: ada.password }, bearer(token)),
      () => server.api.get('/v1/me', { cookie: `session=${token}` }),
    ];
    for (const ask of asks) expect([401, 403]).toContain((await ask()).status);
    const { items } = (await server.api.get('/v1/sessions', bearer(ada.token))).body;
    expect(items).toHaveLength(1);
    expect((await complete(ada, token, ada.app.freshCode())).status).toBe(200);
  });

  it('takes a recovery code, each once, however it is typed', async () => {
    const ada = await newcomer();
    const [code = '', other = ''] = ada.recoveryCodes;
    expect((await complete(ada, await pendingOf(ada), code)).status).toBe(200);
    expect(outcome(await complete(ada, await pendingOf(ada), code))).toEqual(WRONG);
    const typed = other.replaceAll('-', ' ').toUpperCase();
    expect((await complete(ada, await pendingOf(ada), typed)).status).toBe(200);
  });

  it('takes a code of one step before and after, none twice, and none older than a used one', async () => {
    const ada = await newcomer();
    server.clock.advance(5 * MINUTE);
    const [before, ahead] = [ada.app.code(-2), ada.app.code(3)];
    for (const code of [before, ahead]) {
      expect(outcome(await complete(ada, await pendingOf(ada), code))).toEqual(WRONG);
    }
    const [now, next] = [ada.app.code(), ada.app.code(1)];
    expect((await complete(ada, await pendingOf(ada), next)).status).toBe(200);
    for (const used of [next, now]) {
      expect(outcome(await complete(ada, await pendingOf(ada), used))).toEqual(WRONG);
    }
  });

  it('binds the temporary token to its user: for another it is as good as invented', async () => {
    const [ada, eve] = [await newcomer(), await newcomer()];
    const token = await pendingOf(ada);
    expect(outcome(await complete(eve, token, eve.app.freshCode()))).toEqual(INVALID);
    expect(outcome(await complete({ email: 'nobody@example.org' }, token, '123456'))).toEqual(INVALID);
    expect(outcome(await complete(ada, token, eve.app.freshCode()))).toEqual(WRONG);
    expect((await complete(ada, token, ada.app.freshCode())).status).toBe(200);
  });

  it('lets it live for ten minutes', async () => {
    const ada = await newcomer();
    const [early, late] = [await pendingOf(ada), await pendingOf(ada)];
    server.clock.advance(9.5 * MINUTE);
    expect((await complete(ada, early, ada.app.code())).status).toBe(200);
    server.clock.advance(MINUTE);
    expect(outcome(await complete(ada, late, ada.app.freshCode()))).toEqual(EXPIRED);
  });

  it('ends it with a changed password, and with blocking, also when that is lifted', async () => {
    const ada = await newcomer();
    const token = await pendingOf(ada);
    const change = { email: ada.email, password1: 'another one 22', password2: 'another one 22' };
    await server.api.post('/api/v1.1/auth/change-password/', change, tokenHeader(ada.token));
    expect(outcome(await complete(ada, token, ada.app.freshCode()))).toEqual(EXPIRED);

    const eve = await newcomer();
    const other = await pendingOf(eve);
    await block(server, eve);
    expect(outcome(await complete(eve, other, eve.app.freshCode()))).toEqual(INVALID);
    await unblock(server, eve);
    expect(outcome(await complete(eve, other, eve.app.freshCode()))).toEqual(EXPIRED);
  });
});
