import { jest } from '@jest/globals';
import { Reader } from '../../src/database/db.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import { Users } from '../../src/users/users.service.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { cookieHeader, cookieOf, signInAt002, signInAtV1 } from '../support/cookies.js';
import { block, findPerson, makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { browserOf, invite, newVisitor, tokenIn, validate } from '../surfaces/romeo/browsers.js';

const NEW_PASSWORD = 'quite another horse 2';

/** Somebody registers a stranger's address first, and waits for its owner to come. */
describe.each([false, true])('an address taken before its owner came (confirmation: %s)', (mustConfirm) => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let count = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse({
      ...twitter.environment,
      AUTH_CONFIRM_EMAIL_ENABLE: String(mustConfirm),
    });
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });

  const newAddress = () => `victim-${(count += 1)}@example.org`;
  const newAccount = () => ({ id: `66${(count += 1)}`, screenName: 'mallory' });
  const enter = (proof: string, username?: string) =>
    server.api.post('/api/login/external', { external_system: 'twitter', external_token: proof, username });
  const status = async (cookie: string) => (await server.api.get('/v1/me', cookieHeader(cookie))).status;
  const mailed = async (to: string, kind: string) =>
    tokenIn((await server.mailbox.waitForKind(to, kind)).text ?? '');

  async function takeBack(email: string): Promise<void> {
    await server.api.post('/api/v1.1/auth/reset-password/', { email });
    const token = await mailed(email, 'reset-password');
    const body = { email, password1: NEW_PASSWORD, password2: NEW_PASSWORD, password_change_token: token };
    expect((await server.api.post('/api/v1.1/auth/change-password/', body)).status).toBe(200);
  }

  it('a reset by mail ends the identity by which it was registered', async () => {
    const email = newAddress();
    const proof = twitter.tokenOf(newAccount());
    const first = await enter(proof, email);
    expect(first.status).toBe(200);
    await takeBack(email);
    expect(await status(cookieOf(first))).toBe(401);
    expect((await enter(proof)).body.form_errors).toEqual({ username: ['This field is required.'] });
    // The identity is free again, for a user of its own.
    expect((await enter(proof, newAddress())).status).toBe(200);
  });

  it('a reset by mail ends an identity that was linked later', async () => {
    const email = newAddress();
    const registered = await server.api.post('/api/register', {
      username: email,
      password: PASSWORD,
      name: 'Mallory',
    });
    const proof = twitter.tokenOf(newAccount());
    const linked = await server.api.post(
      '/v1/me/identities',
      { provider: 'twitter', token: proof },
      cookieHeader(cookieOf(registered)),
    );
    expect(linked.status).toBe(201);
    await takeBack(email);
    expect((await enter(proof)).body.form_errors).toEqual({ username: ['This field is required.'] });
  });

  it('a link sets no password once its address is given up, be it while it is redeemed', async () => {
    const email = newAddress();
    const { uid } = await makePerson(server, { email });
    await server.api.post('/api/v1.1/auth/reset-password/', { email });
    const token = await mailed(email, 'reset-password');
    const passwords = server.get(Passwords);
    const hash = passwords.hash.bind(passwords);
    const spy = jest.spyOn(passwords, 'hash').mockImplementationOnce(async (...args) => {
      await server
        .get(UnitOfWork)
        .run((tx) => server.get(Users).changeEmail(tx, uid, newAddress(), !mustConfirm));
      return hash(...args);
    });
    try {
      const body = { email, password1: NEW_PASSWORD, password2: NEW_PASSWORD, password_change_token: token };
      const answer = await server.api.post('/api/v1.1/auth/change-password/', body);
      expect(spy).toHaveBeenCalledTimes(1);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body)).toContain('invalid token');
    } finally {
      spy.mockRestore();
    }
    const user = await server.get(UsersRepository).findById(server.get(Reader), uid);
    expect(user).toMatchObject({ grantEpoch: 0, isEmailConfirmed: !mustConfirm });
  });

  it('a password set by an authority ends identities too', async () => {
    const email = newAddress();
    const proof = twitter.tokenOf(newAccount());
    await enter(proof, email);
    const root = await makePerson(server, {
      email: newAddress(),
      type: 'admin',
      level: 'superuser',
    });
    const token = await signIn(server, root);
    const { uid } = await findPerson(server, email);
    const body = { uid, email, password1: NEW_PASSWORD, password2: NEW_PASSWORD };
    const changed = await server.api.post('/api/v1.1/auth/change-password/', body, {
      authorization: `Token ${token}`,
    });
    expect(changed.status).toBe(200);
    expect((await enter(proof)).status).toBe(400);
  });

  it('the first sign-in by a mailed link ends what was opened before', async () => {
    const email = newAddress();
    const registered = await server.api.post('/api/register', {
      username: email,
      password: PASSWORD,
      name: 'Mallory',
    });
    const proof = twitter.tokenOf(newAccount());
    const before = cookieHeader(cookieOf(registered));
    await server.api.post('/v1/me/identities', { provider: 'twitter', token: proof }, before);
    await server.api.post('/v1/sign-in-links', { email });
    const redeemed = await validate(server.api, await mailed(email, 'sign-in-link'));
    expect(redeemed.status).toBe(204);
    expect(await status(cookieOf(redeemed))).toBe(200);
    expect(await status(cookieOf(registered))).toBe(401);
    expect((await enter(proof)).body.form_errors).toEqual({ username: ['This field is required.'] });
    // Where nobody enters before the address is confirmed, the password never let anybody in: it goes too.
    const byPassword = await server.api.post('/api/login', { username: email, password: PASSWORD });
    expect(byPassword.status).toBe(mustConfirm ? 400 : 200);
  });

  it('a later link leaves the owner’s own sessions alone', async () => {
    const ada = await makePerson(server, { email: newAddress() });
    const cookie = await signInAt002(server.api, ada);
    await server.api.post('/v1/sign-in-links', { email: ada.email });
    expect((await validate(server.api, await mailed(ada.email, 'sign-in-link'))).status).toBe(204);
    expect(await status(cookie)).toBe(200);
    expect((await server.api.post('/api/login', { username: ada.email, password: PASSWORD })).status).toBe(
      200,
    );
  });

  it('unlinking ends the sessions that the identity may have opened', async () => {
    const ada = await makePerson(server, { email: newAddress() });
    const token = await signIn(server, ada);
    const proof = twitter.tokenOf(newAccount());
    const linked = await server.api.post(
      '/v1/me/identities',
      { provider: 'twitter', token: proof },
      bearer(token),
    );
    const entered = await enter(proof);
    const path = `/v1/me/identities/${linked.body.id as string}`;
    expect((await server.api.send('DELETE', path, undefined, bearer(token))).status).toBe(204);
    expect(await status(cookieOf(entered))).toBe(401);
    expect((await server.api.get('/v1/me', bearer(token))).status).toBe(200);
  });

  it('a token shown in a browser of another door leaves no session behind', async () => {
    const ada = await newVisitor(server, newAddress());
    const bea = await makePerson(server, { email: newAddress() });
    const native = await signInAtV1(server.api, bea);
    const answer = await validate(server.api, await invite(server, ada, count), cookieHeader(native));
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).not.toBe(native);
    expect(await status(native)).toBe(401);
  });

  it('a video that a blocked user has claimed is free for the next', async () => {
    const [mallory, ada] = [await newVisitor(server, newAddress()), await newVisitor(server, newAddress())];
    const video = (count += 1);
    const guest = browserOf(await validate(server.api, await invite(server, mallory, video)));
    const claim = (): Promise<Answer> =>
      server.api.post(
        `/api/video/${video}/collaborators`,
        { email: newAddress(), name: 'Paul' },
        ada.browser,
      );
    expect((await claim()).status).toBe(403);
    await block(server, mallory);
    expect((await claim()).status).toBe(204);
    expect((await server.api.get(`/api/video/${video}`, ada.browser)).status).toBe(200);
    expect((await server.api.get(`/api/video/${video}`, guest)).status).toBe(403);
  });
});

describe('where nobody registers himself', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ ENABLE_USERS_SELF_REGISTER: 'false' });
  });
  afterAll(() => server.stop());

  it('signing in elsewhere tells of no address', async () => {
    await makePerson(server, { email: 'known@example.org' });
    const ask = async (username: string) => {
      const body = { external_system: 'myspace', external_token: 'xxx', username };
      return outcome(await server.api.post('/api/login/external', body));
    };
    expect(await ask('known@example.org')).toEqual(await ask('unknown@example.org'));
  });
});
