import { RECENT } from '../../src/common/security/access.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { PASSWORD } from '../support/declared-people.js';
import { linkIdentity } from '../support/linked-identities.js';
import type { PageVisitor } from '../support/page-visitor.js';
import { setStage } from '../support/page-stage.js';
import { describeOnce } from '../support/test-database.js';

const NEW = 'a whole new horse 7';

async function typeNew(visitor: PageVisitor, password: string, again = password): Promise<void> {
  await visitor.type('New password', password);
  await visitor.type('New password, once more', again);
  await visitor.press('Save password');
}

describeOnce('one’s own password, in a browser', () => {
  const stage = setStage();
  const statusOf = async (cookie: string) =>
    (await stage.server.api.get('/v1/me', cookieHeader(cookie))).status;

  it('is changed by who gives the present one, and ends the other sessions', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const other = await signInAtV1(server.api, ada);
    const own = await stage.enter(ada, 'password');
    await visitor.type('Present password', PASSWORD);
    await typeNew(visitor, NEW);
    await visitor.reads('Your password is saved. All other sessions have ended.');
    expect(await visitor.page.getByLabel('Present password').inputValue()).toBe('');
    expect([await statusOf(own), await statusOf(other)]).toEqual([200, 401]);
    await signInAtV1(server.api, { ...ada, password: NEW });
  });

  it('says which of the three is wrong, leads to it, and keeps what was typed', async () => {
    const { visitor } = stage;
    await stage.enter(await stage.person(), 'password');
    const focused = () => visitor.page.evaluate('document.activeElement.id');
    await visitor.type('Present password', 'wrong');
    await typeNew(visitor, NEW, 'other');
    await visitor.reads('The two passwords are not the same.');
    expect(await focused()).toBe('password2');
    await typeNew(visitor, NEW);
    await visitor.reads('This password is not right.');
    expect(await focused()).toBe('currentPassword');
    expect(await visitor.page.getByLabel('New password', { exact: true }).inputValue()).toBe(NEW);
    await visitor.type('Present password', PASSWORD);
    await typeNew(visitor, 'short');
    await visitor.reads('The password does not meet all the rules yet.');
    expect(await focused()).toBe('password1');
    await typeNew(visitor, PASSWORD);
    await visitor.reads('This is the password that you have now.');
  });

  it('is not asked for twice of who signed in long ago', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    await stage.enter(ada, 'password');
    await visitor.reads('characters: at least 8');
    server.clock.advance(RECENT + 1_000);
    await visitor.type('Present password', 'wrong');
    await typeNew(visitor, NEW);
    await visitor.reads('This password is not right.');
    await visitor.type('Present password', PASSWORD);
    await typeNew(visitor, NEW);
    await visitor.reads('Your password is saved.');
    expect(await visitor.page.getByRole('dialog').count()).toBe(0);
    await signInAtV1(server.api, { ...ada, password: NEW });
  });

  it('is set by who has none, and is the way in that lets him unlink his account elsewhere', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person({ emailVerified: false });
    const cookie = await signInAtV1(server.api, ada);
    await stage.forgetPassword(ada);
    await linkIdentity(server, ada.uid, { provider: 'twitter', label: 'ada_l' });
    await visitor.bear(cookie);
    await visitor.open('#/me/identities');
    await visitor.reads('ada_l');
    await visitor.press('Unlink Twitter');
    await visitor.press('Unlink Twitter');
    await visitor.reads('This is your last way to sign in.');
    await visitor.follow('Password');
    await visitor.sees('Password');
    expect(await visitor.page.getByLabel('Present password').count()).toBe(0);
    await typeNew(visitor, NEW);
    await visitor.reads('Your password is saved.');
    await visitor.page.getByLabel('Present password').waitFor();
    await signInAtV1(server.api, { ...ada, password: NEW });
    await visitor.follow('Linked accounts');
    await visitor.press('Unlink Twitter');
    await visitor.press('Unlink Twitter');
    await visitor.reads('The account is unlinked.');
    await visitor.reads('No account elsewhere is linked with yours.');
  });
});
