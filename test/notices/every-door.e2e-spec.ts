import { makeGuarded } from '../support/authenticator.js';
import { signInAt002, signInAtV1 } from '../support/cookies.js';
import { mailedToken, mailsWrittenTo, makePerson, signIn, type Person } from '../support/declared-people.js';
import { refreshAt003, signInAt001, signInAt003 } from '../support/doors.js';
import { bearer } from '../support/api.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { AT_HOME, CAFE, CHROME, from, toldOf } from './browsers.js';

type Headers = Record<string, string>;

const ELSEWHERE = from(CAFE, CHROME);
const BASIC = { authorization: `Basic ${btoa('city-app:city-app-secret-0123456789')}` };

/** Contract 3.6: the same at every door, and known at one is known at all. */
describe('a sign-in from elsewhere is told of', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let people = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse({ TRUST_PROXY: '1', ...twitter.environment });
    await declareClient(server);
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });

  /** An administrator who has signed in at home. */
  async function regular(): Promise<Person & { token: string }> {
    const fields = { email: `person-${(people += 1)}@example.org`, type: 'admin' } as const;
    const person = await makePerson(server, fields);
    return { ...person, token: await signIn(server, person, AT_HOME) };
  }

  it.each<[string, (person: Person, headers: Headers) => Promise<unknown>]>([
    [
      '000',
      async ({ email, password }, headers) => {
        const body = { grant_type: 'password', username: email, password, scope: 'profile' };
        const answer = await server.api.post('/api/oauth/token', body, { ...BASIC, ...headers });
        expect(answer.status).toBe(201);
      },
    ],
    ['001', (person, headers) => signInAt001(server.api, person, headers)],
    ['002', (person, headers) => signInAt002(server.api, person, {}, headers)],
    ['003', (person, headers) => signInAt003(server.api, person, 'admin', headers)],
    ['004', (person, headers) => signIn(server, person, headers)],
    ['/v1', (person, headers) => signInAtV1(server.api, person, headers)],
  ])('at %s', async (_door, enter) => {
    const person = await regular();
    await enter(person, AT_HOME);
    expect(await toldOf(server, person.email)).toBe(0);
    await enter(person, ELSEWHERE);
    expect(await toldOf(server, person.email)).toBe(1);
    await signIn(server, person, ELSEWHERE);
    expect(await mailsWrittenTo(server, person.email)).toEqual(['new-sign-in']);
  });

  it('by a mailed link', async () => {
    const person = await regular();
    const asked = await server.api.post('/v1/sign-in-links', { email: person.email });
    expect(asked.status).toBe(202);
    const token = await mailedToken(server, person.email);
    expect((await server.api.post('/api/validate_token', { token }, ELSEWHERE)).status).toBe(204);
    expect(await mailsWrittenTo(server, person.email)).toEqual(['sign-in-link', 'new-sign-in']);
  });

  it('by an account elsewhere', async () => {
    const person = await regular();
    const account = { id: '77', screenName: 'bird' };
    const link = { provider: 'twitter', token: twitter.tokenOf(account) };
    expect((await server.api.post('/v1/me/identities', link, bearer(person.token))).status).toBe(201);
    const shown = { external_system: 'twitter', external_token: twitter.tokenOf(account) };
    expect((await server.api.post('/api/login/external', shown, ELSEWHERE)).status).toBe(200);
    expect(await mailsWrittenTo(server, person.email)).toEqual(['identity-changed', 'new-sign-in']);
  });

  it('with a second factor once it is complete, and not before', async () => {
    const guarded = await makeGuarded(server, { email: `guarded-${(people += 1)}@example.org` });
    const { email, password, app } = guarded;
    const login = { email, password };
    const waiting = await server.api.post('/api/v1.1/auth/login/', login, ELSEWHERE);
    expect(waiting.body.is_verified).toBe(false);
    expect(await toldOf(server, email)).toBe(0);
    const code = { email, token: waiting.body.token as string, verification_code: app.freshCode() };
    const completed = await server.api.post('/api/v1.1/auth/two-factor/login/', code, ELSEWHERE);
    expect(completed.status).toBe(200);
    expect(await toldOf(server, email)).toBe(1);
  });

  it('and a refresh is none', async () => {
    const person = await regular();
    const { refreshToken } = await signInAt003(server.api, person, 'admin', AT_HOME);
    expect((await refreshAt003(server.api, refreshToken, ELSEWHERE)).status).toBe(200);
    expect(await mailsWrittenTo(server, person.email)).toEqual([]);
  });
});
