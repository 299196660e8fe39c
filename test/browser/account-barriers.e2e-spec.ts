import type { Browser } from 'playwright-core';
import { RECENT } from '../../src/common/security/access.js';
import { enrol } from '../support/authenticator.js';
import { startChromium } from '../support/chromium.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { picture } from '../support/images.js';
import { PasskeyDevice } from '../support/passkey-device.js';
import { PageVisitor } from '../support/page-visitor.js';
import { expectNoBarrier } from '../support/page-looks.js';
import { addPasskey } from '../support/passkeys.js';
import { describeOnce } from '../support/test-database.js';
import { linkIdentity } from '../support/linked-identities.js';

const ADA = 'ada@example.com';
const GRACE = 'grace@example.com';
const MARY = 'mary@example.com';

describeOnce('the pages of one’s account, for everybody', () => {
  let server: TestGatehouse;
  let browser: Browser;
  let twitter: FakeTwitter;
  /** One session of each of them, from before his second factor. */
  const cookies = new Map<string, string>();
  let count = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse(twitter.environment);
    const { host } = new URL(server.api.address);
    browser = await startChromium({ 'id.gatehouse.test': host });
    for (const email of [ADA, GRACE, MARY]) {
      const person = await makePerson(server, { email, emailVerified: false });
      cookies.set(email, await signInAtV1(server.api, person));
      if (email === MARY) await linkIdentity(server, person.uid, { provider: 'twitter', label: 'mary_s' });
    }
    await enrol(server, cookieHeader(cookies.get(GRACE)!));
    await addPasskey(server, cookieHeader(cookies.get(MARY)!), new PasskeyDevice());
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await twitter.stop();
  });

  const newcomer = () => makePerson(server, { email: `visitor-${(count += 1)}@example.com` });
  const enter = async (visitor: PageVisitor, section: string, title: string, email = ADA) => {
    const cookie = cookies.get(email)!;
    await server.api.post('/v1/sessions/current/confirm', { password: PASSWORD }, cookieHeader(cookie));
    await visitor.bear(cookie);
    await visitor.open(`#/me${section}`);
    await visitor.sees(title);
  };

  /** Each page and state, as it is reached. */
  const PAGES: Record<string, (visitor: PageVisitor) => Promise<void>> = {
    overview: async (visitor) => {
      await enter(visitor, '', 'My account');
      await visitor.reads('This address is not confirmed yet.');
    },
    profile: async (visitor) => {
      await enter(visitor, '/profile', 'Profile');
      await visitor.reads('Displayed name');
    },
    'profile-refused': async (visitor) => {
      await enter(visitor, '/profile', 'Profile');
      await visitor.type('Telephone number', '12');
      await visitor.page.getByRole('button', { name: 'Save', exact: true }).first().click();
      await visitor.reads('Please enter a whole telephone number');
    },
    'profile-picture': async (visitor) => {
      await enter(visitor, '/profile', 'Profile');
      const file = { name: 'me.png', mimeType: 'image/png', buffer: await picture('png') };
      await visitor.page.getByLabel('Choose a picture').setInputFiles(file);
      await visitor.page.getByAltText('The picture that you have chosen').waitFor();
    },
    'profile-picture-refused': async (visitor) => {
      await enter(visitor, '/profile', 'Profile');
      const file = { name: 'me.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') };
      await visitor.page.getByLabel('Choose a picture').setInputFiles(file);
      await visitor.reads('This is no PNG, JPEG or WebP picture.');
    },
    email: async (visitor) => {
      await enter(visitor, '/email', 'E-mail address');
      await visitor.press('Send the confirmation again');
      await visitor.reads('is on its way');
    },
    password: async (visitor) => {
      await enter(visitor, '/password', 'Password');
      await visitor.reads('characters: at least 8');
    },
    'password-refused': async (visitor) => {
      await enter(visitor, '/password', 'Password');
      await visitor.type('Present password', 'wrong');
      await visitor.type('New password', 'a whole new horse 7');
      await visitor.type('New password, once more', 'a whole new horse 7');
      await visitor.press('Save password');
      await visitor.reads('This password is not right.');
    },
    'second-factors': async (visitor) => {
      await enter(visitor, '/second-factors', 'Two-step sign-in');
      await visitor.reads('There is no browser in which the second step is left out.');
    },
    'second-factors-offer': async (visitor) => {
      await enter(visitor, '/second-factors', 'Two-step sign-in');
      await visitor.press('Set up the app');
      await visitor.page.getByAltText('QR code for the authenticator app').waitFor();
    },
    'second-factors-on': async (visitor) => {
      await enter(visitor, '/second-factors', 'Two-step sign-in', GRACE);
      await visitor.reads('Codes not used yet: 10');
      await visitor.press('Remove the app');
      await visitor.reads('Sign in without the app from now on?');
    },
    'recovery-codes': async (visitor) => {
      await enter(visitor, '/second-factors', 'Two-step sign-in', GRACE);
      await visitor.press('Make new codes');
      await visitor.press('Make new codes');
      await visitor.reads('Each of these codes lets you in once');
    },
    passkeys: async (visitor) => {
      await enter(visitor, '/passkeys', 'Passkeys', MARY);
      await visitor.reads('Telephone');
      await visitor.page.getByRole('button', { name: 'Rename Telephone', exact: true }).click();
    },
    sessions: async (visitor) => {
      await server.api.post('/v1/sessions', { identifier: ADA, password: PASSWORD });
      await enter(visitor, '/sessions', 'Where you are signed in');
      await visitor.reads('this session');
    },
    identities: async (visitor) => {
      await enter(visitor, '/identities', 'Linked accounts', MARY);
      await visitor.reads('mary_s');
    },
    'identities-refused': async (visitor) => {
      await enter(visitor, '/identities', 'Linked accounts', MARY);
      await visitor.press('Link an account at Twitter');
      await visitor.reads('Nothing was done: you did not give access there.');
    },
    notifications: async (visitor) => {
      await enter(visitor, '/notifications', 'Notifications');
    },
    data: async (visitor) => {
      await enter(visitor, '/data', 'My data');
    },
    deleted: async (visitor) => {
      const { email, password } = await newcomer();
      await visitor.bear(await signInAtV1(server.api, { email, password }));
      await visitor.open('#/me/data');
      await visitor.type(`To confirm, type ${email}`, email);
      await visitor.press('Delete my account');
      await visitor.sees('Your account is deleted');
    },
    'session-ended': async (visitor) => {
      const cookie = await signInAtV1(server.api, await newcomer());
      await visitor.bear(cookie);
      await visitor.open('#/me/notifications');
      await visitor.sees('Notifications');
      await server.api.send('DELETE', '/v1/sessions/current', undefined, cookieHeader(cookie));
      await visitor.press('Save');
      await visitor.reads('Your session has ended.');
    },
    confirmation: async (visitor) => {
      await enter(visitor, '', 'My account', GRACE);
      server.clock.advance(RECENT + 1_000);
      await visitor.open('#/me/second-factors');
      await visitor.reads('Please confirm that it is you');
      await visitor.page.getByRole('dialog').getByLabel('Password', { exact: true }).waitFor();
    },
  };

  it.each(Object.keys(PAGES))('%s has no barrier in any look, and nothing beyond the edge', async (name) => {
    const visitor = await PageVisitor.come(browser);
    await PAGES[name]!(visitor);
    await expectNoBarrier(visitor, `me-${name}`);
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });
});
