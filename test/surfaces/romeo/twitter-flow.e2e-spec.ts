import { outcome } from '../../support/api.js';
import { BrowserWindow } from '../../support/browser-window.js';
import { MINUTE } from '../../../src/common/clock.js';
import { dumpDatabase } from '../../support/database-dump.js';
import { FakeTwitter } from '../../support/fake-twitter.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { handedOver } from '../../support/hand-over.js';

const BIRD = { id: '9007199254740993077', screenName: 'foo' };

describe('document 002, "OAuth Flow"', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let browser: BrowserWindow;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse({ ...twitter.environment, LINK_ORIGINS: 'https://app.example' });
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });
  beforeEach(() => {
    twitter.mood = 'well';
    browser = new BrowserWindow(server.api);
  });

  const leave = (callback = 'callback_function') =>
    browser.get(`/auth/twitter_redirect?callback=${encodeURIComponent(callback)}`);

  it('sends the browser to Twitter, ties the way back to it, and hands over a token that signs in', async () => {
    const left = await leave();
    expect(left.status).toBe(302);
    expect(left.location).toMatch(
      new RegExp(`^${twitter.url}/oauth/authenticate\\?oauth_token=[0-9a-f-]{36}$`),
    );
    expect(left.headers.get('set-cookie')).toMatch(
      /^attempt_[\w-]{16}=[\w-]{43}; Max-Age=600; Path=\/auth; HttpOnly; SameSite=Lax$/,
    );
    const back = twitter.decide(left.location!, BIRD);
    expect(back).toMatch(`${PUBLIC_URL}/auth/twitter_callback?callback=callback_function&oauth_token=`);

    const page = await browser.get(back);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-store');
    const { nonce, callback, answer, origins } = handedOver(page);
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'self'; img-src 'self'; script-src 'nonce-${nonce}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect({ callback, answer, origins }).toEqual({
      callback: 'callback_function',
      answer: {
        error: null,
        credentials: {
          external_system: 'twitter',
          external_token: expect.stringMatching(/^[^:]+:[^:]+$/),
          metadata: { screen_name: 'foo' },
        },
      },
      origins: [PUBLIC_URL, 'https://app.example'],
    });
    expect(browser.own).toEqual({});

    const { external_system, external_token } = answer.credentials;
    const login = { external_system, external_token, username: 'foo@system.com' };
    expect((await server.api.post('/api/login/external', login)).status).toBe(200);
  });

  it('takes an answer once', async () => {
    const back = twitter.decide((await leave()).location!, BIRD);
    const cookies = { ...browser.own };
    expect(handedOver(await browser.get(back)).answer.error).toBeNull();
    const again = await browser.get(back, {
      cookie: `${Object.keys(cookies)[0]}=${Object.values(cookies)[0]}`,
    });
    expect(again.status).toBe(200);
    expect(handedOver(again).answer).toEqual({ error: 'Invalid token' });
  });

  it('takes it in the browser that left, and in no other: nobody is signed in as somebody else', async () => {
    const back = twitter.decide((await leave()).location!, BIRD);
    const other = new BrowserWindow(server.api);
    expect(handedOver(await other.get(back)).answer).toEqual({ error: 'Invalid token' });
    await other.get('/auth/twitter_redirect');
    expect(handedOver(await other.get(back)).answer).toEqual({ error: 'Invalid token' });
    // And whose it was still may.
    expect(handedOver(await browser.get(back)).answer.error).toBeNull();
  });

  it('keeps two windows of one browser apart', async () => {
    const one = twitter.decide((await leave('one')).location!, BIRD);
    const two = twitter.decide((await leave('two')).location!, { id: '2', screenName: 'bar' });
    expect(handedOver(await browser.get(two))).toMatchObject({
      callback: 'two',
      answer: { credentials: { metadata: { screen_name: 'bar' } } },
    });
    expect(handedOver(await browser.get(one))).toMatchObject({
      callback: 'one',
      answer: { credentials: { metadata: { screen_name: 'foo' } } },
    });
  });

  it('says when its user has said no', async () => {
    const page = await browser.get(twitter.decide((await leave()).location!, null));
    expect(page.status).toBe(200);
    expect(handedOver(page)).toMatchObject({
      callback: 'callback_function',
      answer: { error: 'Access not granted' },
    });
    expect(browser.own).toEqual({});
  });

  it('refuses an answer without or with a wrong verifier, of no attempt, or after ten minutes', async () => {
    const error = async (address: string) => handedOver(await browser.get(address)).answer as unknown;
    const invalid = { error: 'Invalid token' };
    const wrong = new URL(twitter.decide((await leave()).location!, BIRD));
    wrong.searchParams.set('oauth_verifier', 'guessed');
    expect(await error(wrong.href)).toEqual(invalid);
    const without = new URL(twitter.decide((await leave()).location!, BIRD));
    without.searchParams.delete('oauth_verifier');
    expect(await error(without.href)).toEqual(invalid);
    expect(await error('/auth/twitter_callback')).toEqual(invalid);
    expect(await error('/auth/twitter_callback?oauth_token=invented&oauth_verifier=x')).toEqual(invalid);
    const late = twitter.decide((await leave()).location!, BIRD);
    server.clock.advance(10 * MINUTE + 1);
    expect(await error(late)).toEqual(invalid);
  });

  it.each(['failing', 'garbled', 'silent'] as const)(
    'shows a page that says so when Twitter is %s',
    async (mood) => {
      const back = twitter.decide((await leave()).location!, BIRD);
      twitter.mood = mood;
      const leaving = await leave();
      expect(leaving.status).toBe(503);
      expect(handedOver(leaving)).toMatchObject({
        callback: 'callback_function',
        answer: { error: 'Unknown' },
      });
      const coming = await browser.get(back);
      expect(coming.status).toBe(200);
      expect(handedOver(coming).answer).toEqual({ error: 'Unknown' });
    },
  );

  it.each(['alert(1)', 'a-b', '<script>', 'a b', '', 'x'.repeat(129), 'a;b', 'a%00'])(
    'drops the callback name %j',
    async (name) => {
      const back = twitter.decide((await leave(name)).location!, BIRD);
      expect(back).toMatch(`${PUBLIC_URL}/auth/twitter_callback?oauth_token=`);
      const page = await browser.get(`${back}&callback=${encodeURIComponent(name)}`);
      expect(handedOver(page).callback).toBe('');
      expect(page.html).not.toContain('<script>');
    },
  );

  it('has nothing of Twitter become code of the page', async () => {
    const name = '"></script><script>alert(1)</script>';
    const page = await browser.get(twitter.decide((await leave()).location!, { id: '7', screenName: name }));
    expect(page.html.match(/<script/g)).toHaveLength(1);
    expect(handedOver(page).answer.credentials.metadata.screen_name).toBe(name);
  });

  it('is not used up by HEAD', async () => {
    const back = twitter.decide((await leave()).location!, BIRD);
    const cookie = Object.entries(browser.own)
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const path = back.slice(PUBLIC_URL.length);
    expect((await server.api.send('HEAD', path, undefined, { cookie })).status).toBe(200);
    expect(handedOver(await browser.get(back)).answer.error).toBeNull();
  });

  it('keeps the request secret on the server, encrypted, and logs no token', async () => {
    const left = await leave();
    const secret = twitter.secretOf(left.location!);
    const back = twitter.decide(left.location!, BIRD);
    expect(JSON.stringify(browser.own)).not.toContain(secret);
    expect(await dumpDatabase(server.database)).not.toContain(secret);
    const { external_token } = handedOver(await browser.get(back)).answer.credentials;
    const log = server.log();
    for (const part of [
      secret,
      ...external_token.split(':'),
      new URL(back).searchParams.get('oauth_verifier')!,
    ]) {
      expect(log).not.toContain(part);
    }
  });
});

describe('without TWITTER_CONSUMER_KEY', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  it('has no way to Twitter, and the page still answers', async () => {
    expect(outcome(await server.api.get('/auth/twitter_redirect?callback=fn'))).toEqual({
      status: 404,
      body: { message: 'Not Found', status: 404 },
    });
    const browser = new BrowserWindow(server.api);
    const denied = await browser.get('/auth/twitter_callback?callback=fn&denied=x');
    expect(denied.status).toBe(200);
    expect(handedOver(denied)).toMatchObject({ callback: 'fn', answer: { error: 'Access not granted' } });
    const page = await browser.get('/auth/twitter_callback?callback=fn&oauth_token=x&oauth_verifier=y');
    expect(handedOver(page)).toMatchObject({ callback: 'fn', answer: { error: 'Invalid token' } });
  });

  it.each(['/auth/acme/redirect', '/auth/acme/callback', '/auth/toString/redirect'])(
    'has no %s of a provider that nobody configured',
    async (path) => {
      expect((await server.api.get(path)).status).toBe(404);
    },
  );
});
