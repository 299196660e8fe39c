import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { PASSWORD } from '../support/declared-people.js';
import { PUBLIC_URL } from '../support/gatehouse.js';
import { setStage } from '../support/page-stage.js';
import { PageVisitor } from '../support/page-visitor.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('one’s own sessions, in a browser', () => {
  const stage = setStage();

  it('are listed, this one among them, and each of the others can be ended', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const agents = ['Mozilla/5.0 (X11; Linux) Firefox/140.0', 'curl/8.0'];
    const others: string[] = [];
    for (const agent of agents) others.push(await signInAtV1(server.api, ada, { 'user-agent': agent }));
    await stage.enter(ada, 'sessions');
    await visitor.reads('this session');
    await visitor.reads('Firefox, Linux');
    const list = visitor.page.getByRole('main').locator('.entries li');
    expect(await list.count()).toBe(3);
    expect(await list.filter({ hasText: 'this session' }).getByRole('button').count()).toBe(0);
    await visitor.page.getByRole('button', { name: /^End curl\/8\.0, 127\.0\.0\.1/ }).click();
    await visitor.reads('The session has ended.');
    expect(await list.count()).toBe(2);
    const status = async (cookie: string) => (await server.api.get('/v1/me', cookieHeader(cookie))).status;
    expect(await Promise.all(others.map(status))).toEqual([200, 401]);
  });

  it('end all but this one, which is told where it is seen and read out', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const other = await signInAtV1(server.api, ada);
    await stage.enter(ada, 'sessions');
    await visitor.press('End all other sessions');
    const told = visitor.page.getByRole('status').filter({ hasText: 'All other sessions have ended.' });
    await told.waitFor();
    expect(await visitor.page.evaluate('document.activeElement.textContent')).toBe(
      'All other sessions have ended.',
    );
    expect(await visitor.page.getByRole('button', { name: 'End all other sessions' }).count()).toBe(0);
    expect((await server.api.get('/v1/me', cookieHeader(other))).status).toBe(401);
  });

  it('are loaded further where there are many', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    for (let n = 0; n < 22; n += 1) await signInAtV1(server.api, ada);
    await stage.enter(ada, 'sessions');
    const list = visitor.page.locator('.entries li');
    await visitor.press('Show more');
    await list.nth(22).waitFor();
    expect(await list.count()).toBe(23);
    expect(await visitor.page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  it.each([
    ['asks the server', async ({ page }: PageVisitor) => page.getByRole('button', { name: 'Save' }).click()],
    [
      'is looked at again',
      async ({ page }: PageVisitor) => {
        await page.evaluate('document.dispatchEvent(new Event("visibilitychange"))');
      },
    ],
  ])('that ended elsewhere lead to the sign-in as soon as the page %s, and back', async (_, act) => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    await stage.enter(ada, 'notifications');
    await visitor.sees('Notifications');
    const other = await signInAtV1(server.api, ada);
    await server.api.send('DELETE', '/v1/sessions', undefined, cookieHeader(other));
    await act(visitor);
    await visitor.sees('Sign in');
    await visitor.reads('Your session has ended. Please sign in again.');
    await visitor.type('E-mail address or user name', ada.email);
    await visitor.type('Password', PASSWORD);
    await visitor.press('Sign in');
    await visitor.sees('Notifications');
    expect(visitor.page.url()).toBe(`${PUBLIC_URL}/#/me/notifications`);
  });

  it('stay where they are when the page is looked at again', async () => {
    const { visitor } = stage;
    await stage.enter(await stage.person(), 'profile');
    await visitor.type('First name', 'Ada');
    const answered = visitor.page.waitForResponse(`${PUBLIC_URL}/v1/me`);
    await visitor.page.evaluate('dispatchEvent(new Event("focus"))');
    await answered;
    await visitor.sees('Profile');
    expect(await visitor.page.getByLabel('First name').inputValue()).toBe('Ada');
  });

  it('lead who is not signed in from a section to the sign-in, and back to it', async () => {
    const { visitor } = stage;
    const ada = await stage.person();
    await visitor.open('#/me/passkeys');
    await visitor.sees('Sign in');
    expect(await visitor.page.getByText('Your session has ended').count()).toBe(0);
    await visitor.type('E-mail address or user name', ada.email);
    await visitor.type('Password', PASSWORD);
    await visitor.press('Sign in');
    await visitor.sees('Passkeys');
  });
});
