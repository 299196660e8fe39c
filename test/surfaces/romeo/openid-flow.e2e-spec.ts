import { MINUTE } from '../../../src/common/clock.js';
import { outcome } from '../../support/api.js';
import { BrowserWindow } from '../../support/browser-window.js';
import { dumpDatabase } from '../../support/database-dump.js';
import { makePerson, mailsWrittenTo } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { handedOver } from '../../support/hand-over.js';
import { OpenIdProviderProcess } from '../../support/openid-provider.js';

const INVALID_TOKEN = {
  status: 400,
  body: { error: 'invalid_request', form_errors: { external_token: ['Invalid token.'] } },
};

describe('signing in at an OpenID provider', () => {
  let provider: OpenIdProviderProcess;
  let server: TestGatehouse;
  let browser: BrowserWindow;

  beforeAll(async () => {
    provider = await OpenIdProviderProcess.start('acme');
    server = await startTestGatehouse({
      ...provider.environment('acme'),
      AUTH_CONFIRM_EMAIL_ENABLE: 'true',
      OIDC_AWAY_ISSUER: 'http://127.0.0.1:9',
      OIDC_AWAY_CLIENT_ID: 'id',
      OIDC_AWAY_CLIENT_SECRET: 'secret',
    });
  });
  afterAll(async () => {
    await server.stop();
    await provider.stop();
  });
  beforeEach(async () => {
    browser = new BrowserWindow(server.api);
    await provider.set({ emailVerified: true });
  });

  const leave = async () => (await browser.get('/auth/acme/redirect?callback=app.signedIn')).location!;
  const back = async (login: string) => provider.signIn(browser, await leave(), login);
  const proofOf = async (login: string) =>
    handedOver(await browser.get(await back(login))).answer.credentials.external_token as string;
  const enter = (token: string, more: object = {}) =>
    server.api.post('/api/login/external', { external_system: 'acme', external_token: token, ...more });

  it('asks with PKCE, state and nonce, and hands over a proof of ours, no token of the provider', async () => {
    const location = new URL(await leave());
    expect(location.origin).toBe(provider.issuer);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      client_id: 'gatehouse',
      redirect_uri: `${PUBLIC_URL}/auth/acme/callback`,
      response_type: 'code',
      scope: 'openid profile email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const page = await browser.get(await provider.signIn(browser, location.href, 'ada'));
    expect(handedOver(page)).toMatchObject({
      callback: 'app.signedIn',
      answer: {
        error: null,
        credentials: {
          external_system: 'acme',
          external_token: expect.stringMatching(/^ghp_[\w-]{43}$/),
          metadata: { screen_name: 'ada' },
        },
      },
    });
  });

  it('registers who is new by the address that the provider vouches for, and knows him again', async () => {
    const first = await enter(await proofOf('bea'));
    expect(first.status).toBe(200);
    expect(first.body.user.username).toBe('bea@acme.example');
    expect(first.body.account.name).toBe('bea');
    expect(await mailsWrittenTo(server, 'bea@acme.example')).toEqual([]);
    const second = await enter(await proofOf('bea'));
    expect(outcome(second)).toEqual({ status: 200, body: first.body });
  });

  it('needs an address where the provider vouches for none, and has it confirmed', async () => {
    await provider.set({ emailVerified: false });
    const token = await proofOf('cleo');
    expect(outcome(await enter(token))).toEqual({
      status: 400,
      body: { error: 'invalid_request', form_errors: { username: ['This field is required.'] } },
    });
    // A refusal does not use the proof up.
    expect((await enter(token, { username: 'cleo@home.example' })).status).toBe(200);
    expect(await mailsWrittenTo(server, 'cleo@home.example')).toEqual(['confirm-email']);
    expect((await enter(await proofOf('cleo'))).body.form_errors).toEqual({
      username: ['The username or password you entered is incorrect.'],
    });
  });

  it('links nobody by an address, though the provider vouches for it', async () => {
    await makePerson(server, { email: 'dan@acme.example' });
    expect(outcome(await enter(await proofOf('dan')))).toEqual({
      status: 400,
      body: { error: 'invalid_request', form_errors: { username: ['Username already registered.'] } },
    });
  });

  it('takes a proof once, for ten minutes, of its own provider', async () => {
    const token = await proofOf('eve');
    const answers = await Promise.all([enter(token), enter(token), enter(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(outcome(await enter(token))).toEqual(INVALID_TOKEN);
    expect(outcome(await enter(`ghp_${'a'.repeat(43)}`))).toEqual(INVALID_TOKEN);
    expect(outcome(await enter('key:secret'))).toEqual(INVALID_TOKEN);
    const late = await proofOf('eve');
    const foreign = await server.api.post('/api/login/external', {
      external_system: 'away',
      external_token: late,
    });
    expect(outcome(foreign)).toEqual(INVALID_TOKEN);
    server.clock.advance(10 * MINUTE + 1);
    expect(outcome(await enter(late))).toEqual(INVALID_TOKEN);
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'a'.repeat(43))],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['another code', (url: URL) => url.searchParams.set('code', 'guessed')],
    ['no code', (url: URL) => url.searchParams.delete('code')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
    ['no issuer', (url: URL) => url.searchParams.delete('iss')],
  ])('refuses an answer with %s', async (_, change) => {
    const address = new URL(await back('fay'));
    change(address);
    expect(handedOver(await browser.get(address.href)).answer).toEqual({ error: 'Invalid token' });
  });

  it('refuses a code that another attempt got: its nonce and verifier are not this one’s', async () => {
    const mine = new URL(await back('gus'));
    const other = new URL(await new BrowserVictim(server, provider).codeOf('mal'));
    mine.searchParams.set('code', other.searchParams.get('code')!);
    expect(handedOver(await browser.get(mine.href)).answer).toEqual({ error: 'Invalid token' });
  });

  it('takes an answer once, and in the browser that left', async () => {
    const address = await back('hal');
    const other = new BrowserWindow(server.api);
    expect(handedOver(await other.get(address)).answer).toEqual({ error: 'Invalid token' });
    expect(handedOver(await browser.get(address)).answer.error).toBeNull();
    expect(handedOver(await browser.get(address)).answer).toEqual({ error: 'Invalid token' });
  });

  it('says when its user has said no', async () => {
    const page = await browser.get(await provider.refuse(browser, await leave()));
    expect(handedOver(page)).toMatchObject({ answer: { error: 'Access not granted' } });
  });

  it('shows a page that says so while the provider is away, and starts without it', async () => {
    const page = await browser.get('/auth/away/redirect?callback=fn');
    expect(page.status).toBe(503);
    expect(handedOver(page)).toMatchObject({ callback: 'fn', answer: { error: 'Unknown' } });
  });

  it('keeps neither proof nor code nor verifier in clear, and logs none', async () => {
    const address = await back('ida');
    const token = handedOver(await browser.get(address)).answer.credentials.external_token as string;
    const code = new URL(address).searchParams.get('code')!;
    const dump = await dumpDatabase(server.database);
    for (const secret of [token, code]) {
      expect(dump).not.toContain(secret);
      expect(server.log()).not.toContain(secret);
    }
  });
});

/** Somebody else at the same provider. */
class BrowserVictim {
  private readonly browser: BrowserWindow;

  constructor(
    server: TestGatehouse,
    private readonly provider: OpenIdProviderProcess,
  ) {
    this.browser = new BrowserWindow(server.api);
  }

  async codeOf(login: string): Promise<string> {
    const { location } = await this.browser.get('/auth/acme/redirect');
    return this.provider.signIn(this.browser, location!, login);
  }
}
