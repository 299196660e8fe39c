import type { PageVisitor } from '../support/page-visitor.js';
import { CockpitStage } from '../support/cockpit.js';
import { bearer } from '../support/api.js';
import { findPerson, PASSWORD, signIn } from '../support/declared-people.js';
import { describeOnce } from '../support/test-database.js';

/** Document 003: "mark a new account as external and provide Api key". */
describeOnce('external administrators in the cockpit, in a browser', () => {
  let stage: CockpitStage;

  beforeAll(async () => {
    stage = await CockpitStage.open();
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  const ownData = (token: string) => stage.server.api.get('/api/admin/data', { 'x-auth-token': token });

  const choose = async (ada: PageVisitor, field: string, option: string) => {
    await ada.page.getByLabel(field, { exact: true }).click();
    await ada.page.getByRole('option', { name: option, exact: true }).click();
  };

  const draft = async (email: string): Promise<PageVisitor> => {
    const ada = await stage.enter({ email: 'superuser@example.com' }, 'users/create');
    await ada.page.getByLabel(/^E-mail address/).fill(email);
    await ada.page.getByLabel(/^Type/).click();
    await ada.page.getByRole('option', { name: 'Administrator', exact: true }).click();
    await ada.page.getByLabel('External: works by a permanent token').check();
    return ada;
  };

  const shown = async (ada: PageVisitor): Promise<string> => {
    await ada.reads('Keep this now');
    const secret = await ada.page.getByLabel('Secret', { exact: true }).inputValue();
    await ada.press('I have kept it');
    await ada.page.getByLabel('Secret', { exact: true }).waitFor({ state: 'detached' });
    return secret;
  };

  it('are made with a generated token, which answers on X-AUTH-TOKEN', async () => {
    const ada = await draft('robot@example.com');
    await ada.press('Save');
    const secret = await shown(ada);
    const { uid } = await findPerson(stage.server, 'robot@example.com');
    const answer = await ownData(secret);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ id: uid, email: 'robot@example.com', external: true });
    await ada.reads('permanent token');
    expect(await ada.page.content()).not.toContain(secret);
    expect(await ada.barriers('cockpit-user-keys')).toEqual([]);
  });

  it('are made with a chosen token, and given another one', async () => {
    const ada = await draft('chooser@example.com');
    await ada.page.getByLabel('Choose one').check();
    await ada.page.getByLabel('Token', { exact: true }).fill('a-token-of-my-own-choice');
    await ada.press('Save');
    expect(await shown(ada)).toBe('a-token-of-my-own-choice');
    expect((await ownData('a-token-of-my-own-choice')).status).toBe(200);
    await ada.press('Rotate');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
    const next = await shown(ada);
    expect((await ownData(next)).status).toBe(200);
    expect((await ownData('a-token-of-my-own-choice')).status).toBe(403);
    await ada.press('Revoke');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
    await ada.reads('Done.');
    expect((await ownData(next)).status).toBe(403);
  });

  it('are there without a token when that is refused, and are given one on their page', async () => {
    const secret = 'somebody-has-this-token';
    const root = await signIn(stage.server, { email: 'superuser@example.com', password: PASSWORD });
    await stage.server.api.post('/v1/api-keys', { name: 'mine', secret }, bearer(root));
    const ada = await draft('tokenless@example.com');
    await ada.page.getByLabel('Choose one').check();
    await ada.page.getByLabel('Token', { exact: true }).fill('too short');
    expect(await ada.page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await ada.page.getByLabel('Token', { exact: true }).fill(secret);
    await ada.press('Save');
    await ada.reads('The user was made, but has no token');
    expect(await ada.barriers('cockpit-token-missing')).toEqual([]);
    await ada.press('To the user');
    await ada.press('Give a token');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Give a token' }).click();
    expect((await ownData(await shown(ada))).status).toBe(200);
  });

  it('are made by the keyboard alone', async () => {
    const ada = await stage.enter({ email: 'superuser@example.com' }, 'users/create');
    const { keyboard } = ada.page;
    await ada.page.getByLabel(/^E-mail address/).focus();
    await keyboard.type('typist@example.com');
    const focused = () =>
      ada.page.evaluate(
        'document.activeElement.getAttribute("id") ?? document.activeElement.textContent ?? ""',
      );
    for (let step = 0; step < 40 && (await focused()) !== 'Save'; step += 1) await keyboard.press('Tab');
    expect(await focused()).toBe('Save');
    await keyboard.press('Enter');
    await ada.reads('Send password link');
    expect((await findPerson(stage.server, 'typist@example.com')).email).toBe('typist@example.com');
  });

  it('may have a level below that of who makes them, and no other', async () => {
    const ada = await stage.enter({ email: 'admin@example.com' }, 'users/create');
    await ada.page.getByLabel('Level', { exact: true }).click();
    const options = await ada.page.getByRole('option').allTextContents();
    expect(options.map((option) => option.trim()).filter(Boolean)).toEqual(['Member', 'Manager']);
    await ada.page.keyboard.press('Escape');
    await choose(ada, 'Language of mails', 'Polski');
  });
});
