import { AuthenticatorApp, enrol } from '../support/authenticator.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { PASSWORD } from '../support/declared-people.js';
import { setStage } from '../support/page-stage.js';
import { SignInBrowser } from '../support/sign-in-browser.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('the second step of one’s sign-in, set up in a browser', () => {
  const stage = setStage();

  it('is an app that reads the picture: then its code is asked for, or a code that was kept', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    await stage.enter(ada, 'second-factors');
    await visitor.press('Set up the app');
    const picture = visitor.page.getByAltText('QR code for the authenticator app');
    await picture.waitFor();
    expect(await picture.getAttribute('src')).toMatch(/^blob:/);
    expect(
      await visitor.page.evaluate(
        'document.querySelector("img.code").decode().then(() => document.querySelector("img.code").naturalWidth > 0)',
      ),
    ).toBe(true);
    const secret = (await visitor.page.locator('.secret').textContent())!.replaceAll(' ', '');
    const app = new AuthenticatorApp(server, secret);
    await visitor.type('Code from your authenticator app', '12');
    await visitor.press('Switch on');
    await visitor.reads('The code has six digits.');
    await visitor.type('Code from your authenticator app', app.wrongCode());
    await visitor.press('Switch on');
    await visitor.reads('This code is not right');
    await visitor.type('Code from your authenticator app', app.code());
    await visitor.press('Switch on');
    await visitor.reads('Each of these codes lets you in once');
    const codes = await visitor.page.locator('.codes code').allTextContents();
    expect(codes).toHaveLength(10);
    const saved = visitor.page.waitForEvent('download');
    await visitor.follow('Download as a text file');
    const file = await saved;
    expect(file.suggestedFilename()).toBe('recovery-codes.txt');
    const lines = (await file.createReadStream().then((stream) => stream.toArray())).join('');
    expect(lines).toBe(`Recovery codes for id.gatehouse.test\n\n${codes.join('\n')}\n`);
    await visitor.press('I have kept them');
    await visitor.reads('Codes not used yet: 10');
    await visitor.follow('My account');
    await visitor.press('Sign out');
    await visitor.sees('Sign in');
    await visitor.signIn(ada.email, PASSWORD);
    await visitor.sees('One more step');
    await visitor.type('Code from your authenticator app', app.freshCode());
    await visitor.press('Sign in');
    await visitor.sees('My account');
    await visitor.press('Sign out');
    await visitor.sees('Sign in');
    await visitor.signIn(ada.email, PASSWORD);
    await visitor.press('Use a recovery code');
    await visitor.type('One of your recovery codes', codes[0]!);
    await visitor.press('Sign in');
    await visitor.sees('My account');
    await visitor.follow('Two-step sign-in');
    await visitor.reads('Codes not used yet: 9');
  });

  it('gets new recovery codes after a question, and ends after another', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const cookie = await signInAtV1(server.api, ada);
    const { recoveryCodes } = await enrol(server, cookieHeader(cookie));
    await visitor.bear(cookie);
    await visitor.open('#/me/second-factors');
    await visitor.press('Make new codes');
    await visitor.reads('The ones that you have kept are then worth nothing.');
    await visitor.page.keyboard.press('Escape');
    await visitor.press('Make new codes');
    await visitor.press('Make new codes');
    await visitor.reads('Each of these codes lets you in once');
    expect(recoveryCodes).not.toContain(await visitor.page.locator('.codes code').first().textContent());
    await visitor.press('I have kept them');
    await visitor.press('Remove the app');
    await visitor.press('Remove the app');
    await visitor.reads('The authenticator app is removed.');
    await visitor.page.getByRole('button', { name: 'Set up the app' }).waitFor();
    await signInAtV1(server.api, ada);
  });

  it('is a code by e-mail, on and off, for a confirmed address only', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    await stage.enter(ada, 'second-factors');
    await visitor.press('Send me codes');
    await visitor.reads('From the next sign-in on we send you a code.');
    const asked = { identifier: ada.email, password: PASSWORD };
    expect((await server.api.post('/v1/sessions', asked)).body.methods).toEqual(['email']);
    await visitor.press('Send me no codes');
    await visitor.reads('We send you no codes any more.');
    expect((await server.api.post('/v1/sessions', asked)).status).toBe(201);
    await stage.enter(await stage.person({ emailVerified: false }), 'second-factors');
    await visitor.press('Send me codes');
    await visitor.reads('Codes go to a confirmed address only.');
  });

  it('is asked for again in devices that are trusted no more, one or all', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const cookie = await signInAtV1(server.api, ada);
    const { app } = await enrol(server, cookieHeader(cookie));
    for (const agent of ['first', 'second', 'third']) {
      const trusted = new SignInBrowser(server, ada);
      await trusted.open({ otp: app.freshCode(), trustDevice: true }, { 'user-agent': agent });
    }
    await visitor.bear(cookie);
    await visitor.open('#/me/second-factors');
    await visitor.page.getByRole('button', { name: /^Trust no more second,/ }).click();
    await visitor.reads('This device is not trusted any more.');
    await visitor.page.getByText('first', { exact: true }).waitFor();
    expect(await visitor.page.getByText('second', { exact: true }).count()).toBe(0);
    await visitor.press('Trust no device any more');
    await visitor.reads('No device is trusted any more.');
    await visitor.reads('There is no browser in which the second step is left out.');
    const { body } = await server.api.get('/v1/me/trusted-devices', cookieHeader(cookie));
    expect(body.items).toEqual([]);
  });
});
