import { RECENT } from '../../src/common/security/access.js';
import { enrol } from '../support/authenticator.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { PASSWORD } from '../support/declared-people.js';
import { setStage } from '../support/page-stage.js';
import { describeOnce } from '../support/test-database.js';

const TITLE = 'Please confirm that it is you';

describeOnce('who signed in long ago, and changes what is safe', () => {
  const stage = setStage();
  const focused = (what: string) => stage.visitor.page.evaluate(`document.activeElement.${what}`);
  const becomeStale = () => stage.server.clock.advance(RECENT + 1_000);

  it('shows by keyboard alone who he is, where he stands, and loses nothing', async () => {
    const { visitor } = stage;
    await stage.enter(await stage.person(), 'email');
    const { keyboard } = visitor.page;
    const next = stage.newAddress();
    await visitor.page.getByLabel('New e-mail address').focus();
    await keyboard.type(next);
    becomeStale();
    await keyboard.press('Enter');
    await visitor.reads(TITLE);
    const dialog = visitor.page.getByRole('dialog', { name: TITLE });
    await dialog.getByLabel('Password', { exact: true }).waitFor();
    expect(await focused('id')).toBe('shownPassword');
    await keyboard.type('wrong');
    await keyboard.press('Enter');
    await visitor.reads('This password is not right.');
    expect(await focused('id')).toBe('shownPassword');
    // The page behind cannot be reached: the focus goes round in the dialog, and to the browser.
    for (let n = 0; n < 8; n += 1) {
      await keyboard.press('Tab');
      expect(await focused('closest("dialog") !== null || document.activeElement === document.body')).toBe(
        true,
      );
    }
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await visitor.reads('Nothing was done: you have not shown yet who you are.');
    expect(await focused('id')).toBe('newEmail');
    expect(await focused('value')).toBe(next);
    await keyboard.press('Enter');
    await dialog.getByLabel('Password', { exact: true }).waitFor();
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
    await visitor.reads(`Your address is now ${next}.`);
    expect(await dialog.count()).toBe(0);
  });

  it('does so by his app or a recovery code too', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const cookie = await signInAtV1(server.api, ada);
    const { app, recoveryCodes } = await enrol(server, cookieHeader(cookie));
    await visitor.bear(cookie);
    becomeStale();
    await visitor.open('#/me/second-factors');
    await visitor.press('Use the authenticator app');
    expect(await focused('id')).toBe('shownCode');
    await visitor.type('Code from your authenticator app', app.wrongCode());
    await visitor.press('Confirm');
    await visitor.reads('This code is not right');
    await visitor.type('Code from your authenticator app', app.freshCode());
    await visitor.press('Confirm');
    await visitor.reads('Codes not used yet: 10');
    becomeStale();
    await visitor.open('#/me/second-factors');
    await visitor.press('Use a recovery code');
    await visitor.type('One of your recovery codes', recoveryCodes[0]!);
    await visitor.press('Confirm');
    await visitor.reads('Codes not used yet: 9');
  });

  it('can do without, and ask again', async () => {
    const { visitor } = stage;
    const ada = await stage.person();
    await stage.enter(ada, '');
    await visitor.sees('My account');
    becomeStale();
    await visitor.follow('Passkeys');
    await visitor.press('Cancel');
    await visitor.reads('Nothing was done: you have not shown yet who you are.');
    await visitor.press('Try again');
    await visitor.type('Password', PASSWORD);
    await visitor.press('Confirm');
    await visitor.reads('You have no passkey yet.');
  });

  it('signs in again where he has nothing to show, and comes back', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const cookie = await signInAtV1(server.api, ada);
    await stage.forgetPassword(ada);
    await visitor.bear(cookie);
    becomeStale();
    await visitor.open('#/me/passkeys');
    await visitor.reads('You have no password and no device to confirm it with.');
    await visitor.press('Sign in again');
    await visitor.sees('Sign in');
    expect((await server.api.get('/v1/me', cookieHeader(cookie))).status).toBe(401);
  });
});
