import type { Page } from 'playwright-core';
import { RECENT } from '../../src/common/security/access.js';
import { enrol } from '../support/authenticator.js';
import { cookieHeader, cookieOf, signInAtV1 } from '../support/cookies.js';
import { PASSWORD, type Person } from '../support/declared-people.js';
import { FakeTwitter, type TwitterAccount } from '../support/fake-twitter.js';
import { OpenIdProviderProcess } from '../support/openid-provider.js';
import { expectNoBarrier } from '../support/page-looks.js';
import { setStage } from '../support/page-stage.js';
import { describeOnce } from '../support/test-database.js';

const IDENTITIES = '/v1/me/identities';
const LINK_TWITTER = 'Link an account at Twitter';
const LINK_ACME = 'Link an account at Acme';
const TWITTER = 'Sign in with Twitter';
const ACME = 'Sign in with Acme';

describeOnce('accounts elsewhere, in a browser', () => {
  let twitter: FakeTwitter;
  let acme: OpenIdProviderProcess;
  let count = 0;
  const stage = setStage(async () => {
    twitter = await FakeTwitter.start(() => stage.server.clock.now());
    acme = await OpenIdProviderProcess.start('acme');
    return { ...twitter.environment, ...acme.environment('acme') };
  });
  afterAll(async () => {
    await twitter.stop();
    await acme.stop();
  });
  beforeEach(async () => {
    twitter.mood = 'well';
    twitter.visitor = newAccount();
    await acme.set({ emailVerified: true });
  });

  const newAccount = (): TwitterAccount => {
    count += 1;
    return { id: `900${count}`, screenName: `foo_${count}` };
  };
  /** Presses a button that opens a window. */
  const openBy = async (button: string): Promise<Page> => {
    const opened = stage.visitor.context.waitForEvent('page');
    await stage.visitor.press(button);
    return opened;
  };
  /** Signs in at Acme as `login`, in its window, and says yes. */
  const agreeAtAcme = async (popup: Page, login: string): Promise<void> => {
    await popup.locator('[name=login]').fill(login);
    await popup.locator('[name=password]').fill('any');
    await popup.locator('[type=submit]').click();
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Continue' }).click();
    await closed;
  };
  const isClosed = async (popup: Page): Promise<void> => {
    if (!popup.isClosed()) await popup.waitForEvent('close');
  };
  const linked = async (cookie: string) => {
    const { items } = (await stage.server.api.get(IDENTITIES, cookieHeader(cookie))).body as {
      items: { provider: string; label: string | null }[];
    };
    return items.map(({ provider, label }) => [provider, label]);
  };
  const linkTwitterOf = async (person: Person, account: TwitterAccount): Promise<string> => {
    const cookie = await signInAtV1(stage.server.api, person);
    const proof = { provider: 'twitter', token: twitter.tokenOf(account) };
    expect((await stage.server.api.post(IDENTITIES, proof, cookieHeader(cookie))).status).toBe(201);
    return cookie;
  };
  const address = async (): Promise<string> => {
    const me = await stage.visitor.page.evaluate<{ email: string }>(
      'fetch("/v1/me").then((answer) => answer.json())',
    );
    return me.email;
  };

  describe('are linked', () => {
    it('by a window that closes by itself, and are in the list then', async () => {
      const { visitor } = stage;
      const cookie = await stage.enter(await stage.person(), 'identities');
      await visitor.reads('No account elsewhere is linked with yours.');
      await isClosed(await openBy(LINK_TWITTER));
      await visitor.reads('The account is linked: from now on you can sign in with it.');
      await visitor.reads(twitter.visitor!.screenName);
      await agreeAtAcme(await openBy(LINK_ACME), `ada${(count += 1)}`);
      await visitor.page.getByRole('button', { name: 'Unlink Acme', exact: true }).waitFor();
      expect(await linked(cookie)).toEqual([
        ['twitter', twitter.visitor!.screenName],
        ['acme', `ada${count}`],
      ]);
    });

    it('after who signed in long ago has shown who he is', async () => {
      const { visitor, server } = stage;
      const cookie = await stage.enter(await stage.person(), 'identities');
      await visitor.reads('No account elsewhere is linked with yours.');
      server.clock.advance(RECENT + 1_000);
      await visitor.press(LINK_TWITTER);
      const dialog = visitor.page.getByRole('dialog');
      await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
      await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
      await visitor.reads('The account is linked');
      expect(await linked(cookie)).toEqual([['twitter', twitter.visitor!.screenName]]);
    });

    it('not when they are somebody else’s, nor twice', async () => {
      const { visitor } = stage;
      await linkTwitterOf(await stage.person(), twitter.visitor!);
      const cookie = await stage.enter(await stage.person(), 'identities');
      await visitor.press(LINK_TWITTER);
      await visitor.reads('This account belongs to somebody else here already.');
      twitter.visitor = newAccount();
      await visitor.press(LINK_TWITTER);
      await visitor.reads('The account is linked');
      await visitor.press(LINK_TWITTER);
      await visitor.reads('This account is linked with yours already.');
      expect(await linked(cookie)).toEqual([['twitter', twitter.visitor.screenName]]);
    });

    it('not when the window is refused, fails, is closed, or does not open', async () => {
      const { visitor } = stage;
      const cookie = await stage.enter(await stage.person(), 'identities');
      twitter.visitor = null;
      await visitor.press(LINK_TWITTER);
      await visitor.reads('Nothing was done: you did not give access there.');
      twitter.mood = 'failing';
      await visitor.press(LINK_TWITTER);
      await visitor.reads('Signing in there did not work. Please try again.');
      const popup = await openBy(LINK_ACME);
      await popup.locator('[name=login]').waitFor();
      await popup.close();
      await visitor.reads('Nothing was done: the window was closed before you had signed in there.');
      await visitor.page.evaluate('void (window.open = () => null)');
      await visitor.press(LINK_TWITTER);
      await visitor.reads('Your browser did not open the window.');
      expect(await linked(cookie)).toEqual([]);
    });

    it('not from a section that was left: its window goes with it', async () => {
      const { visitor } = stage;
      await stage.enter(await stage.person(), 'identities');
      const popup = await openBy(LINK_ACME);
      await popup.locator('[name=login]').waitFor();
      const closed = popup.waitForEvent('close');
      await visitor.page.evaluate('void (location.hash = "#/me/data")');
      await closed;
      await visitor.sees('My data');
      expect(
        await visitor.page.evaluate('Object.keys(window).filter((key) => /^handedOver/.test(key))'),
      ).toEqual([]);
    });
  });

  describe('sign in', () => {
    it('whom they are linked to, and bring him back to where he was', async () => {
      const { visitor } = stage;
      const ada = await stage.person();
      await linkTwitterOf(ada, twitter.visitor!);
      await visitor.open('#/me/sessions');
      await visitor.sees('Sign in');
      await visitor.page.getByLabel('Stay signed in in this browser').check();
      await isClosed(await openBy(TWITTER));
      await visitor.sees('Where you are signed in');
      expect(await address()).toBe(ada.email);
      const [session] = (await visitor.context.cookies()).filter(({ name }) => name === 'session');
      expect(session!.expires).toBeGreaterThan(0);
    });

    it('who is new, after he has typed an address that nobody has', async () => {
      const { visitor } = stage;
      const ada = await stage.person();
      await visitor.open('#/sign-in');
      await visitor.press(TWITTER);
      await visitor.sees('You are new here');
      await visitor.reads('your account at Twitter');
      await expectNoBarrier(visitor, 'newcomer');
      await visitor.type('E-mail address', 'no address');
      await visitor.press('Create account');
      await visitor.reads('Please enter a whole e-mail address');
      await visitor.type('E-mail address', ada.email);
      await visitor.press('Create account');
      await visitor.reads('There is an account with this e-mail address already.');
      expect(await visitor.page.evaluate('document.activeElement.id')).toBe('email');
      const email = stage.newAddress();
      await visitor.type('E-mail address', email);
      await visitor.press('Create account');
      await visitor.sees('My account');
      expect(await address()).toBe(email);
      await visitor.open('#/me/identities');
      await visitor.reads(twitter.visitor!.screenName);
    });

    it('who is new and whose provider vouches for an address, at once', async () => {
      const { visitor } = stage;
      const login = `grace${(count += 1)}`;
      await visitor.open('#/sign-in');
      await agreeAtAcme(await openBy(ACME), login);
      await visitor.sees('My account');
      expect(await address()).toBe(`${login}@acme.example`);
    });

    it('nobody whose address somebody has, and say what to do', async () => {
      const { visitor } = stage;
      const login = `mary${(count += 1)}`;
      await stage.person({ email: `${login}@acme.example` });
      await visitor.open('#/sign-in');
      await agreeAtAcme(await openBy(ACME), login);
      await visitor.reads('There is an account with this e-mail address already. Sign in to it another way');
      await visitor.sees('Sign in');
    });

    it('who is new although the answer was lost', async () => {
      const { visitor, server } = stage;
      await acme.set({ emailVerified: false });
      await visitor.open('#/sign-in');
      await agreeAtAcme(await openBy(ACME), `joan${(count += 1)}`);
      await visitor.sees('You are new here');
      const email = stage.newAddress();
      await visitor.type('E-mail address', email);
      await visitor.page.route(
        '**/api/login/external',
        async (route) => {
          const sent = route.request().postDataJSON() as object;
          await visitor.bear(cookieOf(await server.api.post('/api/login/external', sent)));
          await route.abort();
        },
        { times: 1 },
      );
      await visitor.press('Create account');
      await visitor.reads('The server cannot be reached.');
      await visitor.press('Try again');
      await visitor.sees('My account');
      expect(await address()).toBe(email);
    });

    it('nobody who waits too long with his address, and nobody who goes back', async () => {
      const { visitor, server } = stage;
      await acme.set({ emailVerified: false });
      await visitor.open('#/sign-in');
      await agreeAtAcme(await openBy(ACME), `ruth${(count += 1)}`);
      await visitor.sees('You are new here');
      server.clock.advance(RECENT);
      await visitor.type('E-mail address', stage.newAddress());
      await visitor.press('Create account');
      await visitor.reads('This sign-in has waited too long. Please begin again.');
      await visitor.press(TWITTER);
      await visitor.sees('You are new here');
      await visitor.press('Back to sign-in');
      await visitor.sees('Sign in');
    });

    it('nobody who has a second step, and name the way in', async () => {
      const { visitor, server } = stage;
      const ada = await stage.person();
      await enrol(server, cookieHeader(await linkTwitterOf(ada, twitter.visitor!)));
      await visitor.open('#/sign-in');
      await visitor.press(TWITTER);
      await visitor.reads('If your account has a second step, sign in with your password or a passkey.');
      await visitor.type('E-mail address or user name', ada.email);
      await visitor.type('Password', PASSWORD);
      await visitor.press('Sign in');
      await visitor.sees('One more step');
    });

    it('nobody who says no there', async () => {
      const { visitor } = stage;
      twitter.visitor = null;
      await visitor.open('#/sign-in');
      await visitor.press(TWITTER);
      await visitor.reads('Nothing was done: you did not give access there.');
    });
  });
});

describeOnce('accounts elsewhere, where nobody registers himself', () => {
  let twitter: FakeTwitter;
  const stage = setStage(async () => {
    twitter = await FakeTwitter.start(() => stage.server.clock.now());
    return { ...twitter.environment, ENABLE_USERS_SELF_REGISTER: 'false' };
  });
  afterAll(() => twitter.stop());

  it('sign in nobody who is new', async () => {
    const { visitor } = stage;
    twitter.visitor = { id: '77', screenName: 'foo' };
    await visitor.open('#/sign-in');
    await visitor.press(TWITTER);
    await visitor.reads('No account here is linked with it');
    await visitor.sees('Sign in');
  });
});

describeOnce('accounts elsewhere, where there is no provider', () => {
  const stage = setStage();

  it('are offered nowhere', async () => {
    const { visitor, server } = stage;
    expect((await server.api.get('/')).body).not.toContain('data-providers');
    await visitor.open('#/sign-in');
    await visitor.sees('Sign in');
    const buttons = visitor.page.getByRole('button');
    expect(await buttons.allTextContents()).toEqual(['Show passwords', 'Sign in', 'Sign in with a passkey']);
    await stage.enter(await stage.person(), 'identities');
    await visitor.reads('No account elsewhere is linked with yours.');
    expect(await visitor.page.getByRole('heading', { level: 2 }).count()).toBe(0);
  });
});
