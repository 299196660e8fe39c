import { bearer, outcome, type Answer } from '../../support/api.js';
import { enrol } from '../../support/authenticator.js';
import { dumpDatabase } from '../../support/database-dump.js';
import { block, findPerson, makePerson, PASSWORD, signIn } from '../../support/declared-people.js';
import { FakeTwitter, type TwitterAccount } from '../../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';

const refusal = (fields: Record<string, string[]>) => ({
  status: 400,
  body: { error: 'invalid_request', form_errors: fields },
});
const INVALID_TOKEN = refusal({ external_token: ['Invalid token.'] });
const TAKEN = refusal({ username: ['Username already registered.'] });
const AWAY = { status: 503, body: { error: 'temporarily_unavailable' } };

describe('document 002, "Social Login/Registration"', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let accounts = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse(twitter.environment);
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });
  beforeEach(() => (twitter.mood = 'well'));

  /** Ids that only differ where a JavaScript number does not. */
  const newAccount = (): TwitterAccount => {
    accounts += 1;
    return { id: `90071992547409930${String(accounts).padStart(2, '0')}`, screenName: `bird_${accounts}` };
  };
  const enter = (body: object, headers = {}) => server.api.post('/api/login/external', body, headers);
  const withTwitter = (token: string, username?: string) =>
    enter({ external_system: 'twitter', external_token: token, username });
  const sessionOf = ({ headers }: Answer) =>
    /session=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';
  const cookie = (answer: Answer) => ({ cookie: `session=${sessionOf(answer)}` });
  const me = async (answer: Answer) => (await server.api.get('/v1/me', cookie(answer))).body;

  it('registers who is new, answers as a sign-in does, and signs him in from then on', async () => {
    const account = newAccount();
    const first = await withTwitter(twitter.tokenOf(account), 'user@system.com');
    const id = /^\/api\/account\/(\d+)$/.exec(first.body.account.href as string)?.[1];
    const body = {
      account: {
        href: `/api/account/${id}`,
        name: account.screenName,
        display_name: account.screenName,
        description: '',
        profile_cover: null,
        avatar: null,
      },
      user: { href: `/api/user/${id}`, username: 'user@system.com' },
    };
    expect(outcome(first)).toEqual({ status: 200, body });
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(await server.api.get('/api', cookie(first))).toMatchObject({ body: { auth_status: 'logged_in' } });

    expect(outcome(await withTwitter(twitter.tokenOf(account)))).toEqual({ status: 200, body });
    // A returning user may repeat his own address, and any other changes nothing.
    expect(outcome(await withTwitter(twitter.tokenOf(account), 'USER@system.com'))).toEqual({
      status: 200,
      body,
    });
    expect(outcome(await withTwitter(twitter.tokenOf(account), 'else@system.com'))).toEqual({
      status: 200,
      body,
    });
  });

  it('knows people by id_str, whatever they call themselves', async () => {
    const account = newAccount();
    const first = await withTwitter(twitter.tokenOf(account), 'renamed@system.com');
    const renamed = await withTwitter(twitter.tokenOf({ ...account, screenName: 'other' }));
    expect(renamed.body).toEqual(first.body);
    const namesake = { ...newAccount(), screenName: account.screenName };
    expect(outcome(await withTwitter(twitter.tokenOf(namesake)))).toEqual(
      refusal({ username: ['This field is required.'] }),
    );
  });

  it('never links an address that somebody has, and tells its owner', async () => {
    const ada = await makePerson(server, { email: 'ada@system.com' });
    const token = twitter.tokenOf(newAccount());
    expect(outcome(await withTwitter(token, 'Ada@System.com'))).toEqual(TAKEN);
    expect(outcome(await withTwitter(token, ada.email))).toEqual(TAKEN);
    const { text } = await server.mailbox.waitFor('ada@system.com');
    expect(text).toContain('already');
    expect(outcome(await withTwitter(token))).toEqual(refusal({ username: ['This field is required.'] }));
  });

  it('tells every fault at once without asking Twitter, as the document shows', async () => {
    await makePerson(server, { email: 'user@taken.com' });
    const asked = twitter.asked.length;
    const fields = { external_system: 'myspace', external_token: 'xxx', username: 'user@taken.com' };
    const all = refusal({
      external_system: ['Not a valid choice.'],
      external_token: ['Invalid token.'],
      username: ['Username already registered.'],
    });
    expect(outcome(await enter(fields))).toEqual(all);
    expect(
      outcome(await server.api.send('POST', '/api/login/external', new URLSearchParams(fields))),
    ).toEqual(all);
    expect(outcome(await enter({}))).toEqual(
      refusal({
        external_system: ['Not a valid choice.'],
        external_token: ['This field is required.'],
      }),
    );
    for (const token of ['nocolon', 'a:b:c', ':b', 'a:', 'a: b', `a:${'b'.repeat(257)}`]) {
      expect(outcome(await withTwitter(token, 'new@system.com'))).toEqual(INVALID_TOKEN);
    }
    expect(outcome(await withTwitter('a:b', 'nobody'))).toEqual(
      refusal({ username: ['Invalid email address.'] }),
    );
    expect(outcome(await enter({ external_system: 'facebook', external_token: 'a:b' }))).toEqual(
      refusal({ external_system: ['Not a valid choice.'] }),
    );
    expect(twitter.asked.length).toBe(asked);
  });

  it('refuses a token that Twitter does not know, has taken back, or gave with another secret', async () => {
    const token = twitter.tokenOf(newAccount());
    const forged = `${token.split(':')[0]}:${'0'.repeat(32)}`;
    expect(outcome(await withTwitter(forged, 'forged@system.com'))).toEqual(INVALID_TOKEN);
    twitter.revoke(token);
    expect(outcome(await withTwitter(token, 'revoked@system.com'))).toEqual(INVALID_TOKEN);
    expect(outcome(await withTwitter('no:token', 'nobody@system.com'))).toEqual(INVALID_TOKEN);
  });

  it.each(['failing', 'garbled', 'limiting', 'silent'] as const)(
    'answers 503 while Twitter is %s, and makes nobody',
    async (mood) => {
      const token = twitter.tokenOf(newAccount());
      twitter.mood = mood;
      const answer = await withTwitter(token, `${mood}@system.com`);
      expect(outcome(answer)).toEqual(AWAY);
      expect(answer.headers.get('retry-after')).toBe('30');
      twitter.mood = 'well';
      expect((await withTwitter(token, `${mood}@system.com`)).status).toBe(200);
    },
  );

  it('rotates the session: the cookie that came along ends', async () => {
    const ada = await makePerson(server, { email: 'before@system.com' });
    const before = await server.api.post('/api/login', { username: ada.email, password: PASSWORD });
    const account = newAccount();
    const after = await enter(
      { external_system: 'twitter', external_token: twitter.tokenOf(account), username: 'after@system.com' },
      cookie(before),
    );
    expect(sessionOf(after)).not.toBe(sessionOf(before));
    expect((await server.api.get('/v1/me', cookie(before))).status).toBe(401);
    const again = await enter(
      { external_system: 'twitter', external_token: twitter.tokenOf(account), remember: true },
      cookie(after),
    );
    expect(again.headers.get('set-cookie')).toContain('Max-Age=2592000');
    expect((await server.api.get('/v1/me', cookie(after))).status).toBe(401);
    expect(await me(again)).toMatchObject({ email: 'after@system.com' });
  });

  it('lets a failed attempt leave an existing session alone', async () => {
    const ada = await makePerson(server, { email: 'stays@system.com' });
    const before = await server.api.post('/api/login', { username: ada.email, password: PASSWORD });
    await enter({ external_system: 'twitter', external_token: 'a:b' }, cookie(before));
    expect(await me(before)).toMatchObject({ email: 'stays@system.com' });
  });

  it('refuses a blocked user as a wrong password is refused', async () => {
    const account = newAccount();
    const first = await withTwitter(twitter.tokenOf(account), 'blocked@system.com');
    await block(server, await findPerson(server, 'blocked@system.com'));
    expect(outcome(await withTwitter(twitter.tokenOf(account)))).toEqual(
      refusal({ username: ['The username or password you entered is incorrect.'] }),
    );
    expect((await server.api.get('/v1/me', cookie(first))).status).toBe(401);
  });

  it('makes one user of two first sign-ins at the same time', async () => {
    const account = newAccount();
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((name) => withTwitter(twitter.tokenOf(account), `${name}@race.com`)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.user.href as string)).size).toBe(1);
  });

  it('makes one user of two who want the same address', async () => {
    const answers = await Promise.all(
      [newAccount(), newAccount()].map((account) => withTwitter(twitter.tokenOf(account), 'same@race.com')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect(outcome(answers.find(({ status }) => status === 400)!)).toEqual(TAKEN);
  });

  it('fetches nothing that a profile names', async () => {
    const asked = twitter.asked.length;
    const answer = await withTwitter(twitter.tokenOf(newAccount()), 'profile@system.com');
    expect(answer.body.account).toMatchObject({ avatar: null, profile_cover: null });
    expect(twitter.asked.slice(asked)).toEqual(['GET /1.1/account/verify_credentials.json']);
  });

  it('keeps no token of Twitter, and logs none', async () => {
    const token = twitter.tokenOf(newAccount());
    await withTwitter(token, 'kept@system.com');
    const secret = token.split(':')[1]!;
    expect(server.log()).not.toContain(secret);
    expect(await dumpDatabase(server.database)).not.toContain(secret);
  });

  it('is a door of browsers: no foreign page may post there, and its cookie is no bearer token', async () => {
    const account = newAccount();
    const body = { external_system: 'twitter', external_token: twitter.tokenOf(account) };
    const foreign = await enter(body, { origin: 'https://evil.example' });
    expect(outcome(foreign)).toEqual({ status: 403, body: { error: 'access_denied' } });
    const first = await withTwitter(twitter.tokenOf(account), 'external@system.com');
    expect((await server.api.get('/v1/me', bearer(sessionOf(first)))).status).toBe(401);
  });

  it('lets nobody in who has a second factor, and keeps the link', async () => {
    const account = newAccount();
    const first = await withTwitter(twitter.tokenOf(account), 'guarded@example.com');
    await enrol(server, cookie(first));
    const again = () => withTwitter(twitter.tokenOf(account));
    const refused = await again();
    expect(outcome(refused)).toEqual(
      refusal({ username: ['The username or password you entered is incorrect.'] }),
    );
    expect(sessionOf(refused)).toBe('');
    const removed = await server.api.send('DELETE', '/v1/me/factors/totp', undefined, cookie(first));
    expect(removed.status).toBe(204);
    expect((await again()).status).toBe(200);
  });

  it('lets nobody in who is to show a code by e-mail', async () => {
    const account = newAccount();
    const person = await makePerson(server, { email: 'mail-guarded@example.com' });
    const headers = bearer(await signIn(server, person));
    const proof = { provider: 'twitter', token: twitter.tokenOf(account) };
    expect((await server.api.post('/v1/me/identities', proof, headers)).status).toBe(201);
    const again = () => withTwitter(twitter.tokenOf(account));
    expect((await again()).status).toBe(200);
    expect((await server.api.send('PUT', '/v1/me/factors/email', undefined, headers)).status).toBe(204);
    const refused = await again();
    expect(outcome(refused)).toEqual(
      refusal({ username: ['The username or password you entered is incorrect.'] }),
    );
    expect(sessionOf(refused)).toBe('');
  });
});

describe('without TWITTER_CONSUMER_KEY', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse({ TWITTER_API_URL: twitter.url });
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });

  it('supports no system, and asks nobody', async () => {
    const body = { external_system: 'twitter', external_token: 'a:b', username: 'user@system.com' };
    expect(outcome(await server.api.post('/api/login/external', body))).toEqual(
      refusal({ external_system: ['Unsupported system.'] }),
    );
    expect(twitter.asked).toEqual([]);
  });
});
