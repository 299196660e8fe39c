import { RECENT } from '../../src/common/security/access.js';
import { BrowserAuthenticator } from '../support/browser-authenticator.js';
import { cookieHeader } from '../support/cookies.js';
import { setStage } from '../support/page-stage.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('one’s own passkeys, in a browser', () => {
  const stage = setStage();

  it('are added with a name, confirm who one is, are renamed, and are taken away', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const key = await BrowserAuthenticator.plugInto(visitor, 'internal');
    const cookie = await stage.enter(ada, 'passkeys');
    await visitor.reads('You have no passkey yet.');
    const name = visitor.page.getByLabel('Name of the passkey');
    expect(await name.inputValue()).toBe('Chrome, Linux');
    await key.verifies(true);
    await visitor.press('Add passkey');
    await visitor.reads('Each of these codes lets you in once');
    expect(await visitor.page.locator('.codes code').count()).toBe(10);
    await visitor.press('I have kept them');
    await visitor.reads('Chrome, Linux');
    await visitor.press('Add passkey');
    await visitor.reads('There is a passkey of yours on this device already.');
    server.clock.advance(RECENT + 1_000);
    await visitor.press('Rename Chrome, Linux');
    await visitor.page.getByLabel('Name of the passkey').first().fill('My laptop');
    await visitor.press('Save');
    await visitor.press('Use a passkey');
    await visitor.press('Confirm');
    await visitor.reads('Your passkey is renamed.');
    const listed = async () =>
      (await server.api.get('/v1/me/passkeys', cookieHeader(cookie))).body.items as { name: string }[];
    expect((await listed()).map((item) => item.name)).toEqual(['My laptop']);
    await visitor.press('Remove My laptop');
    await visitor.reads('Remove the passkey “My laptop”?');
    await visitor.press('Leave it as it is');
    await visitor.press('Remove My laptop');
    await visitor.press('Remove My laptop');
    await visitor.reads('Your passkey is removed.');
    await visitor.reads('You have no passkey yet.');
    expect(await listed()).toEqual([]);
  });

  it('are explained where the browser can make none', async () => {
    const { visitor } = stage;
    await visitor.context.addInitScript('delete window.PublicKeyCredential');
    await stage.enter(await stage.person(), 'passkeys');
    await visitor.reads('This browser cannot make passkeys here.');
    expect(await visitor.page.getByRole('button', { name: 'Add passkey' }).count()).toBe(0);
  });
});
