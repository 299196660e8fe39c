import { MINUTE } from '../../src/common/clock.js';
import { bearer, outcome } from '../support/api.js';
import { makePerson, signIn, type Person } from '../support/declared-people.js';
import { FakeTwitter, type TwitterAccount } from '../support/fake-twitter.js';
import { PasskeyDevice } from '../support/passkey-device.js';
import { addPasskey, PASSKEYS } from '../support/passkeys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ type: `urn:gatehouse:problem:${code}`, status, code }) as unknown,
});

describe('/v1/me/identities', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let made = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse(twitter.environment);
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });

  const newAccount = (): TwitterAccount => ({ id: `${1000 + (made += 1)}`, screenName: `bird_${made}` });
  const newPerson = async (): Promise<Person & { token: string }> => {
    const person = await makePerson(server, { email: `link-${(made += 1)}@example.org` });
    return { ...person, token: await signIn(server, person) };
  };
  const list = (token: string) => server.api.get('/v1/me/identities', bearer(token));
  const link = (token: string, proof: string, provider = 'twitter') =>
    server.api.post('/v1/me/identities', { provider, token: proof }, bearer(token));
  const unlink = (token: string, id: string) =>
    server.api.send('DELETE', `/v1/me/identities/${id}`, undefined, bearer(token));
  const enter = (proof: string, username?: string) =>
    server.api.post('/api/login/external', { external_system: 'twitter', external_token: proof, username });

  it('links an account, which signs in from then on, and unlinks it', async () => {
    const person = await newPerson();
    const account = newAccount();
    const linked = await link(person.token, twitter.tokenOf(account));
    const view = {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      provider: 'twitter',
      label: account.screenName,
      linkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    };
    expect(outcome(linked)).toEqual({ status: 201, body: view });
    expect(outcome(await list(person.token))).toEqual({ status: 200, body: { items: [linked.body] } });
    const entered = await enter(twitter.tokenOf(account));
    expect(entered.body.user.username).toBe(person.email);

    expect((await unlink(person.token, linked.body.id as string)).status).toBe(204);
    expect(outcome(await list(person.token))).toEqual({ status: 200, body: { items: [] } });
    expect((await enter(twitter.tokenOf(account))).body.form_errors).toEqual({
      username: ['This field is required.'],
    });
    expect(outcome(await unlink(person.token, linked.body.id as string))).toEqual(problem(404, 'not-found'));
  });

  it('links an account to one user only, and once', async () => {
    const [one, two] = [await newPerson(), await newPerson()];
    const account = newAccount();
    expect((await link(one.token, twitter.tokenOf(account))).status).toBe(201);
    expect(outcome(await link(two.token, twitter.tokenOf(account)))).toEqual(problem(409, 'identity-taken'));
    expect(outcome(await link(one.token, twitter.tokenOf(account)))).toEqual(problem(409, 'identity-taken'));
    const raced = newAccount();
    const answers = await Promise.all([one, two].map(({ token }) => link(token, twitter.tokenOf(raced))));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('lets nobody unlink what is another’s, nor his own last way in', async () => {
    const person = await newPerson();
    const account = newAccount();
    const entered = await enter(twitter.tokenOf(account), 'only-twitter@example.org');
    const cookie = { cookie: entered.headers.get('set-cookie')!.split(';')[0]! };
    const own = await server.api.get('/v1/me/identities', cookie);
    const id = own.body.items[0].id as string;
    expect(outcome(await unlink(person.token, id))).toEqual(problem(404, 'not-found'));
    const last = await server.api.send('DELETE', `/v1/me/identities/${id}`, undefined, cookie);
    expect(outcome(last)).toEqual(problem(409, 'last-way-in'));

    const second = { provider: 'twitter', token: twitter.tokenOf(newAccount()) };
    const more = await server.api.post('/v1/me/identities', second, cookie);
    const both = [id, more.body.id as string];
    const answers = await Promise.all(
      both.map((one) => server.api.send('DELETE', `/v1/me/identities/${one}`, undefined, cookie)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('counts a passkey as a way in, and is one itself for who takes his last passkey away', async () => {
    const proof = twitter.tokenOf(newAccount());
    const entered = await enter(proof, `passkey-${(made += 1)}@example.org`);
    const cookie = { cookie: entered.headers.get('set-cookie')!.split(';')[0]! };
    const send = (method: string, path: string) => server.api.send(method, path, undefined, cookie);
    const { items } = (await server.api.get('/v1/me/identities', cookie)).body;
    const id = items[0].id as string;
    const add = async () => (await addPasskey(server, cookie, new PasskeyDevice())).body.id as string;
    const first = await add();
    expect((await send('DELETE', `${PASSKEYS}/${first}`)).status).toBe(204);
    const [second, third] = [await add(), await add()];
    expect((await send('DELETE', `/v1/me/identities/${id}`)).status).toBe(204);
    expect((await send('DELETE', `${PASSKEYS}/${second}`)).status).toBe(204);
    expect(outcome(await send('DELETE', `${PASSKEYS}/${third}`))).toEqual(problem(409, 'last-way-in'));
    expect((await server.api.get(PASSKEYS, cookie)).body.items).toHaveLength(1);
    const password = { password: 'another one 22' };
    expect((await server.api.send('PUT', '/v1/me/password', password, cookie)).status).toBe(204);
    expect((await send('DELETE', `${PASSKEYS}/${third}`)).status).toBe(204);
  });

  it('leaves one of an identity and a passkey that are taken away at once', async () => {
    const entered = await enter(twitter.tokenOf(newAccount()), `race-${(made += 1)}@example.org`);
    const cookie = { cookie: entered.headers.get('set-cookie')!.split(';')[0]! };
    const { items } = (await server.api.get('/v1/me/identities', cookie)).body;
    const { body } = await addPasskey(server, cookie, new PasskeyDevice());
    const paths = [`/v1/me/identities/${items[0].id}`, `${PASSKEYS}/${body.id}`];
    const answers = await Promise.all(
      paths.map((path) => server.api.send('DELETE', path, undefined, cookie)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('refuses a bad proof, an unknown provider and a body that is none', async () => {
    const { token } = await newPerson();
    expect(outcome(await link(token, 'a:b'))).toEqual(problem(400, 'proof-refused'));
    expect(outcome(await link(token, 'xxx'))).toEqual(problem(400, 'proof-refused'));
    expect(outcome(await link(token, 'a:b', 'myspace'))).toEqual(problem(404, 'provider-unknown'));
    expect((await link(token, 'a:b', '../twitter')).status).toBe(400);
    expect((await server.api.post('/v1/me/identities', { provider: 7 }, bearer(token))).status).toBe(400);
    twitter.mood = 'failing';
    expect(outcome(await link(token, 'a:b'))).toEqual(problem(503, 'provider-unavailable'));
    twitter.mood = 'well';
  });

  it('needs a person’s own session, opened in the last 15 minutes, to link and to unlink', async () => {
    expect((await server.api.get('/v1/me/identities')).status).toBe(401);
    const { token } = await newPerson();
    const linked = await link(token, twitter.tokenOf(newAccount()));
    server.clock.advance(15 * MINUTE + 1);
    expect((await list(token)).status).toBe(200);
    expect(outcome(await link(token, twitter.tokenOf(newAccount())))).toEqual(
      problem(403, 'reauthentication-required'),
    );
    expect(outcome(await unlink(token, linked.body.id as string))).toEqual(
      problem(403, 'reauthentication-required'),
    );
  });
});
