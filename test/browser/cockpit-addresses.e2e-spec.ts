import { bearer } from '../support/api.js';
import { CockpitStage, goTo, signInHere } from '../support/cockpit.js';
import { findPerson, makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import type { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

const recordOf = (record: object) => encodeURIComponent(JSON.stringify(record));
const KEY = recordOf({ name: 'evil', secret: 'known-to-somebody-else', level: 'superuser' });

describeOnce('what addresses and this browser keep of the cockpit', () => {
  let stage: CockpitStage;

  beforeAll(async () => {
    stage = await CockpitStage.open();
    await makePerson(stage.server, { email: 'erin@example.com', firstName: 'erin' });
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  const admin = (place: string) => stage.enter({ email: 'admin@example.com' }, place);
  const idOf = async (email: string) => (await findPerson(stage.server, email)).uid;
  const valueOf = (ada: PageVisitor, name: string) =>
    ada.page.locator(`main input[name="${name}"]`).inputValue();
  /** Whoever is here follows a link while the page is open. */
  const follow = (ada: PageVisitor, hash: string) =>
    ada.page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  const shows = (ada: PageVisitor, minLength: number) =>
    ada.page.locator(`main input[name="minLength"][value="${minLength}"]`).waitFor();
  const isKeyEmpty = async (ada: PageVisitor) => {
    await ada.page.locator('main input[name="secret"]').waitFor();
    await ada.page.waitForLoadState('networkidle');
    expect([await valueOf(ada, 'name'), await valueOf(ada, 'secret'), await valueOf(ada, 'level')]).toEqual([
      '',
      '',
      '',
    ]);
  };

  it('an address fills no form that makes something, neither after a sign-in nor on an open page', async () => {
    const ada = await stage.come();
    await ada.open(`/cockpit#/api-keys/create?source=${KEY}`);
    await signInHere(ada, 'admin@example.com');
    await isKeyEmpty(ada);
    await goTo(ada, `api-keys/create?source=${KEY}`);
    await isKeyEmpty(ada);
    await goTo(ada, 'users');
    await follow(ada, `#/api-keys/create?source=${KEY}`);
    await isKeyEmpty(ada);
    await follow(ada, `#/api-keys/create?source=${KEY}&source=${KEY}`);
    await isKeyEmpty(ada);
    await goTo(ada, 'api-keys/create?source={');
    await isKeyEmpty(ada);
    await ada.page.evaluate('history.replaceState({ usr: { record: { name: "evil" } } }, "", location.href)');
    await ada.page.reload();
    await isKeyEmpty(ada);
  });

  it('an address fills no form that changes something, and nothing of it is saved', async () => {
    const id = await idOf('erin@example.com');
    const evil = recordOf({ email: 'evil@example.com', firstName: 'evil', emailConfirmed: true });
    const ada = await admin(`users/${id}?source=${evil}`);
    expect([await valueOf(ada, 'email'), await valueOf(ada, 'firstName')]).toEqual([
      'erin@example.com',
      'erin',
    ]);
    await ada.page.getByLabel('Last name').fill('Example');
    const [request] = await Promise.all([
      ada.page.waitForRequest((sent) => sent.method() === 'PATCH'),
      ada.press('Save'),
    ]);
    expect(request.postDataJSON()).toEqual({ lastName: 'Example' });
    expect(request.headers()['if-match']).toMatch(/^"/);
    await ada.reads('Send password link');
  });

  it('an address fills no policy; its form sends what was changed, and not over somebody else’s change', async () => {
    const ada = await admin(`password-policy?source=${recordOf({ minLength: 1, refuseCommon: false })}`);
    const before = (await stage.server.api.get('/v1/password-policy')).body as { minLength: number };
    expect(await valueOf(ada, 'minLength')).toBe(String(before.minLength));
    await ada.type('Digits, at least', '2');
    const root = await signIn(stage.server, { email: 'superuser@example.com', password: PASSWORD });
    await stage.server.api.patch('/v1/password-policy', { minLength: 11 }, bearer(root));
    await Promise.all([
      ada.page.waitForResponse((answer) => answer.url().endsWith('/v1/password-policy')),
      ada.press('Refresh'),
    ]);
    await ada.page.waitForLoadState('networkidle');
    expect(await valueOf(ada, 'minDigits')).toBe('2');
    await ada.press('Save');
    await ada.reads('Somebody else changed this');
    await ada.press('Look anew');
    await shows(ada, 11);
    await ada.type('Digits, at least', '3');
    const [request] = await Promise.all([
      ada.page.waitForRequest((sent) => sent.method() === 'PATCH'),
      ada.press('Save'),
    ]);
    expect(request.postDataJSON()).toEqual({ minDigits: 3 });
    await ada.reads('Done.');
    await ada.press('Back to the configuration');
    await shows(ada, before.minLength);
  });

  it('the browser keeps the language, and nothing that was searched for', async () => {
    const ada = await admin('users');
    await ada.page.getByRole('textbox').first().fill('erin@example.com');
    await ada.page.waitForURL(/erin/);
    await ada.press('English');
    await ada.page.getByRole('menuitem', { name: 'Français' }).click();
    await ada.page.getByRole('menuitem', { name: 'Utilisateurs' }).waitFor();
    const kept = () => ada.page.evaluate<string[]>('Object.entries(localStorage).map(String).sort()');
    expect(await kept()).toEqual(['RaStore.locale,"fr"', 'RaStore.version,1']);
    await ada.page.reload();
    await ada.page.getByRole('menuitem', { name: 'Utilisateurs' }).waitFor();
  });

  it('somebody stays signed in when signing out does not work, and is told so', async () => {
    const ada = await admin('users');
    const signOut = async () => {
      await ada.page.getByRole('banner').getByRole('button').last().click();
      await ada.page.getByRole('menuitem', { name: 'Sign out' }).click();
    };
    await ada.context.setOffline(true);
    await signOut();
    await ada.reads('you are still signed in');
    await ada.reads('erin@example.com');
    await ada.context.setOffline(false);
    await signOut();
    await ada.sees('Sign in');
  });
});
