import { RECENT } from '../../src/common/security/access.js';
import { cookieHeader } from '../support/cookies.js';
import { PASSWORD } from '../support/declared-people.js';
import { setStage } from '../support/page-stage.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('one’s own data, in a browser', () => {
  const stage = setStage();

  it('is saved as a file, once who asks has shown who he is', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person({ firstName: 'Ada' });
    await stage.enter(ada, 'data');
    await visitor.sees('My data');
    server.clock.advance(RECENT + 1_000);
    await visitor.press('Download my data');
    await visitor.type('Password', PASSWORD);
    const saved = visitor.page.waitForEvent('download');
    await visitor.press('Confirm');
    const file = await saved;
    expect(file.suggestedFilename()).toMatch(/^id\.gatehouse\.test-\d{4}-\d\d-\d\d\.json$/);
    const text = (await file.createReadStream().then((stream) => stream.toArray())).join('');
    expect(JSON.parse(text)).toMatchObject({ user: { email: ada.email } });
    await visitor.reads('Your data is here.');
  });

  it('is deleted with the account, for who types its name', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const cookie = await stage.enter(ada, 'data');
    const name = `To confirm, type ${ada.email}`;
    await visitor.type(name, 'somebody@example.com');
    await visitor.press('Delete my account');
    await visitor.reads('This is not the name of your account. Nothing was deleted.');
    expect((await server.api.get('/v1/me', cookieHeader(cookie))).status).toBe(200);
    await visitor.type(name, ada.email.toUpperCase());
    await visitor.press('Delete my account');
    await visitor.sees('Your account is deleted');
    expect((await server.api.get('/v1/me', cookieHeader(cookie))).status).toBe(401);
    expect(await visitor.context.cookies()).toEqual([]);
    await visitor.follow('Back to sign-in');
    await visitor.signIn(ada.email, PASSWORD);
    await visitor.reads('There is no such account');
  });

  it('stays where nobody else could administer everything', async () => {
    const { visitor } = stage;
    const root = await stage.person({ type: 'admin', level: 'superuser' });
    await stage.demoteOthers(root);
    await stage.enter(root, 'data');
    await visitor.type(`To confirm, type ${root.email}`, root.email);
    await visitor.press('Delete my account');
    await visitor.reads('You are the last administrator of this service.');
  });
});
