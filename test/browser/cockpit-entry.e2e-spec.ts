import { enrol } from '../support/authenticator.js';
import { bearer } from '../support/api.js';
import { CockpitStage, signInHere } from '../support/cockpit.js';
import { makePerson, signIn } from '../support/declared-people.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('coming to the cockpit, in a browser', () => {
  let stage: CockpitStage;

  beforeAll(async () => {
    stage = await CockpitStage.open();
    await makePerson(stage.server, { email: 'carol@example.com', firstName: 'Carol' });
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  it('leads over the sign-in page to where one wanted to go', async () => {
    const ada = await stage.come();
    await ada.open('/cockpit#/roles');
    await signInHere(ada, 'superuser@example.com');
    await ada.reads('Super admin');
    expect(new URL(ada.page.url()).hash).toMatch(/^#\/roles/);
  });

  it('leads there also over a second step', async () => {
    const person = await makePerson(stage.server, {
      email: 'guarded@example.com',
      type: 'admin',
      level: 'admin',
    });
    const { app } = await enrol(stage.server, bearer(await signIn(stage.server, person)));
    const ada = await stage.come();
    await ada.open('/cockpit');
    await signInHere(ada, 'guarded@example.com');
    await ada.sees('One more step');
    await ada.page.locator('input[name=otp]').fill(app.freshCode());
    await ada.press('Sign in');
    await ada.page.getByRole('menuitem', { name: 'Dashboard' }).waitFor();
    expect(new URL(ada.page.url()).pathname).toBe('/cockpit');
  });

  it('knows no other target than its own', async () => {
    const ada = await stage.come();
    await ada.open('/?then=https://elsewhere.example/#/sign-in');
    await signInHere(ada, 'superuser@example.com');
    await ada.sees('My account');
  });

  it('tells who may do nothing there so, with ways out', async () => {
    const ada = await stage.enter({ email: 'carol@example.com' });
    await ada.reads('You are signed in, and may not look at anything here.');
    expect(await ada.page.getByRole('menuitem').count()).toBe(0);
    expect(await ada.barriers('cockpit-no-rights')).toEqual([]);
    await ada.follow('My account');
    await ada.sees('My account');
    await ada.open('/cockpit');
    await ada.press('Sign out');
    await ada.sees('Sign in');
  });

  it('leads to the sign-in and back when the session ends while a page is open', async () => {
    const ada = await stage.enter({ email: 'admin@example.com' }, 'outbox');
    await ada.context.clearCookies();
    await ada.page.getByRole('menuitem', { name: 'Audit log' }).click();
    await signInHere(ada, 'admin@example.com');
    await ada.reads('Signed in');
    expect(new URL(ada.page.url()).hash).toMatch(/^#\/audit/);
  });

  it('speaks the language of the browser, and another one when that is chosen', async () => {
    const ada = await stage.enter({ email: 'admin@example.com' });
    const french = await stage.come({ locale: 'fr' });
    await french.context.addCookies(await ada.context.cookies());
    await french.open('/cockpit#/users');
    await french.page.getByRole('menuitem', { name: 'Utilisateurs' }).waitFor();
    const language = () => french.page.evaluate<string>('document.documentElement.lang');
    expect(await language()).toBe('fr');
    await french.press('Français');
    await french.page.getByRole('menuitem', { name: 'Polski' }).click();
    await french.page.getByRole('menuitem', { name: 'Użytkownicy' }).waitFor();
    expect(await language()).toBe('pl');
  });
});
