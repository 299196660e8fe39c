import { CockpitStage } from '../support/cockpit.js';
import { bearer } from '../support/api.js';
import { findPerson, makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import type { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('users in the cockpit, in a browser', () => {
  let stage: CockpitStage;

  beforeAll(async () => {
    stage = await CockpitStage.open();
    for (const name of ['bob', 'carol', 'dave', 'erin']) {
      await makePerson(stage.server, { email: `${name}@example.com`, firstName: name });
    }
  }, 60_000);
  afterAll(() => stage.close());
  afterEach(() => stage.leave());

  const admin = (place: string) => stage.enter({ email: 'admin@example.com' }, place);
  const confirm = (ada: PageVisitor) =>
    ada.page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
  const idOf = async (email: string) => (await findPerson(stage.server, email)).uid;

  it('are disabled, which signs their open pages out', async () => {
    const bob = await stage.come();
    await bob.signIn('bob@example.com', PASSWORD);
    await bob.sees('My account');
    const ada = await admin('users');
    await ada.page.getByText('bob@example.com').click();
    await ada.press('Disable');
    await ada.reads('Disable: bob?');
    await confirm(ada);
    await ada.page.getByRole('button', { name: 'Enable' }).waitFor();
    await bob.page.reload();
    await bob.sees('Sign in');
  });

  it('are erased, after a question that names them', async () => {
    const ada = await admin(`users/${await idOf('carol@example.com')}/show`);
    await ada.press('Erase');
    await ada.reads('Erase carol for ever');
    await confirm(ada);
    await ada.page.getByRole('heading', { name: 'Users' }).waitFor();
    await expect(idOf('carol@example.com')).rejects.toThrow();
  });

  it('have their data downloaded', async () => {
    const ada = await admin(`users/${await idOf('dave@example.com')}/show`);
    const [download] = await Promise.all([ada.page.waitForEvent('download'), ada.press('Download data')]);
    expect(download.suggestedFilename()).toMatch(/^gatehouse-\d{4}-\d\d-\d\d\.json$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toContain('dave@example.com');
  });

  it('are not changed over somebody else’s change', async () => {
    const id = await idOf('erin@example.com');
    const ada = await admin(`users/${id}`);
    await ada.page.getByLabel('First name').fill('mine');
    const root = await signIn(stage.server, { email: 'superuser@example.com', password: PASSWORD });
    await stage.server.api.patch(`/v1/users/${id}`, { firstName: 'theirs' }, bearer(root));
    await ada.press('Save');
    await ada.reads('Somebody else changed this');
    expect(await ada.barriers('cockpit-outdated')).toEqual([]);
    await ada.press('Look anew');
    await ada.page.waitForFunction('document.querySelector("input[name=firstName]")?.value === "theirs"');
    await ada.page.getByLabel('First name').fill('mine after all');
    await ada.press('Save');
    await ada.reads('mine after all');
  });

  it('stay in their form while the server cannot be reached, and are made once', async () => {
    const ada = await admin('users/create');
    await ada.page.getByLabel(/^E-mail address/).fill('frank@example.com');
    await ada.context.setOffline(true);
    await ada.press('Save');
    await ada.reads('The server cannot be reached.');
    expect(await ada.page.getByLabel(/^E-mail address/).inputValue()).toBe('frank@example.com');
    await ada.context.setOffline(false);
    await ada.press('Save');
    await ada.reads('Send password link');
    expect((await findPerson(stage.server, 'frank@example.com')).email).toBe('frank@example.com');
  });

  it('show again who asks, when his sign-in is some time ago', async () => {
    const ada = await admin('users/create');
    stage.server.clock.advance(20 * 60_000);
    await ada.page.getByLabel(/^E-mail address/).fill('grace@example.com');
    await ada.page.getByLabel('Level', { exact: true }).click();
    await ada.page.getByRole('option', { name: 'Manager', exact: true }).click();
    await ada.press('Save');
    await ada.reads('Please show again who you are');
    expect(await ada.page.getByLabel('Code of your second factor').count()).toBe(0);
    expect(await ada.barriers('cockpit-confirm')).toEqual([]);
    await ada.page.getByRole('dialog').getByLabel('Password').fill('wrong');
    await confirm(ada);
    await ada.reads('The password or the passkey is wrong.');
    await ada.page.getByRole('dialog').getByLabel('Password').fill(PASSWORD);
    await confirm(ada);
    await ada.reads('Send password link');
  });
});
