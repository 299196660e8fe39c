import { cookieHeader } from '../support/cookies.js';
import { mailsWrittenTo } from '../support/declared-people.js';
import { PUBLIC_URL } from '../support/gatehouse.js';
import { noise, picture } from '../support/images.js';
import { setStage } from '../support/page-stage.js';
import { describeOnce } from '../support/test-database.js';

describeOnce('what one says of oneself, in a browser', () => {
  const stage = setStage();
  const value = (label: string) => stage.visitor.page.getByLabel(label, { exact: true }).inputValue();
  const saveYourself = () =>
    stage.visitor.page.getByRole('button', { name: 'Save', exact: true }).first().click();
  const choose = (name: string, mimeType: string, buffer: Buffer) =>
    stage.visitor.page.getByLabel('Choose a picture').setInputFiles({ name, mimeType, buffer });

  it('keeps name, telephone and language, also through a reload of its own address', async () => {
    const { server, visitor } = stage;
    const cookie = await stage.enter(await stage.person(), 'profile');
    await visitor.sees('Profile');
    await visitor.type('First name', 'Ada');
    await visitor.type('Last name', 'King');
    await visitor.type('Telephone number', '+48 500-100 200');
    await visitor.page.getByLabel('Language of our messages').selectOption('Polski');
    await saveYourself();
    await visitor.reads('Saved.');
    const me = await server.api.get('/v1/me', cookieHeader(cookie));
    expect(me.body).toMatchObject({
      firstName: 'Ada',
      lastName: 'King',
      phone: '+48500100200',
      locale: 'pl',
    });
    await visitor.page.reload();
    await visitor.sees('Profile');
    expect(visitor.page.url()).toBe(`${PUBLIC_URL}/#/me/profile`);
    expect(await value('First name')).toBe('Ada');
    expect(await value('Telephone number')).toBe('+48500100200');
    expect(await value('Language of our messages')).toBe('pl');
    await visitor.type('Telephone number', '');
    await saveYourself();
    await visitor.reads('Saved.');
    expect((await server.api.get('/v1/me', cookieHeader(cookie))).body.phone).toBeNull();
  });

  it('says which telephone number it does not take, and leads to it', async () => {
    await stage.person({ phone: '+48111222333' });
    const { visitor } = stage;
    await stage.enter(await stage.person(), 'profile');
    await visitor.type('Telephone number', '+48111222333');
    await saveYourself();
    await visitor.reads('This telephone number belongs to another account.');
    expect(await visitor.page.evaluate('document.activeElement.id')).toBe('phone');
    await visitor.type('Telephone number', 'none');
    await saveYourself();
    await visitor.reads('Please enter a whole telephone number');
  });

  it('shows others a name, some words and a picture, which can be taken away', async () => {
    const { server, visitor } = stage;
    const cookie = await stage.enter(await stage.person(), 'profile');
    await visitor.type('Displayed name', 'The Countess');
    await visitor.type('About you', 'Numbers,\nand what may be done with them.');
    await visitor.page.getByRole('button', { name: 'Save', exact: true }).nth(1).click();
    await visitor.reads('Saved.');
    await choose('me.png', 'image/png', await picture('png'));
    await visitor.page.getByAltText('The picture that you have chosen').waitFor();
    await visitor.press('Use this picture');
    await visitor.reads('Your picture is saved.');
    const { body } = await server.api.get('/v1/me/account', cookieHeader(cookie));
    expect(body).toMatchObject({
      displayName: 'The Countess',
      description: expect.stringMatching(/^Numbers,\r?\nand/),
      avatar: expect.stringContaining('/media/'),
    });
    const shown = visitor.page.getByAltText('Your picture', { exact: true });
    expect(await shown.getAttribute('src')).toBe(body.avatar);
    expect(await visitor.page.evaluate('document.querySelector(".avatar").decode().then(() => true)')).toBe(
      true,
    );
    await visitor.press('Remove the picture');
    await visitor.reads('Your picture is removed.');
    expect(await shown.count()).toBe(0);
    expect((await server.api.get('/v1/me/account', cookieHeader(cookie))).body.avatar).toBeNull();
  });

  it('refuses a picture that is none, or too big, before anything is sent', async () => {
    const { visitor } = stage;
    const sent: string[] = [];
    visitor.page.on('request', (request) => request.method() === 'PATCH' && sent.push(request.url()));
    await stage.enter(await stage.person(), 'profile');
    await choose('me.gif', 'image/gif', Buffer.from('GIF89a'));
    await visitor.reads('This is no PNG, JPEG or WebP picture.');
    await visitor.press('Use this picture');
    await visitor.reads('This is no PNG, JPEG or WebP picture.');
    const large = await noise('png', 1_400, 1_400);
    expect(large.length).toBeGreaterThan(5 * 1024 * 1024);
    await choose('me.png', 'image/png', large);
    await visitor.reads('This picture is larger than 5 MB.');
    await visitor.press('Use this picture');
    expect(sent).toEqual([]);
    await choose('me.png', 'image/png', Buffer.from('no picture at all'));
    await visitor.press('Use this picture');
    await visitor.reads('This file cannot be used as a picture.');
    expect(sent).toHaveLength(1);
  });

  it('changes the address, which is then to be confirmed', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    const grace = await stage.person();
    await stage.enter(ada, 'email');
    await visitor.reads('This address is confirmed.');
    await visitor.type('New e-mail address', 'no address');
    await visitor.press('Change address');
    await visitor.reads('Please enter a whole e-mail address');
    await visitor.type('New e-mail address', grace.email);
    await visitor.press('Change address');
    await visitor.reads('This address belongs to another account.');
    const next = stage.newAddress();
    await visitor.type('New e-mail address', next);
    await visitor.press('Change address');
    await visitor.reads(`Your address is now ${next}.`);
    await visitor.reads('This address is not confirmed yet.');
    server.clock.advance(61_000);
    await visitor.press('Send the confirmation again');
    await visitor.reads(`A message to ${next} is on its way.`);
    const mail = await server.mailbox.waitFor(next, 2, /confirm-user-email/);
    await visitor.open(mail.links.find((link) => link.includes('confirm-user-email'))!);
    await visitor.page.getByRole('button').click();
    await visitor.open('#/me/email');
    await visitor.reads('This address is confirmed.');
  });

  it('turns notifications off and on', async () => {
    const { server, visitor } = stage;
    const cookie = await stage.enter(await stage.person(), 'notifications');
    const wants = async () =>
      (await server.api.get('/v1/me', cookieHeader(cookie))).body.emailNotifications as unknown;
    const choice = visitor.page.getByLabel('Write to me about other things too');
    await choice.uncheck();
    await visitor.press('Save');
    await visitor.reads('Saved.');
    expect(await wants()).toBe(false);
    await visitor.page.reload();
    await visitor.sees('Notifications');
    expect(await choice.isChecked()).toBe(false);
    await choice.check();
    await visitor.press('Save');
    await visitor.reads('Saved.');
    expect(await wants()).toBe(true);
  });
});

describeOnce('another address, where it must be confirmed first', () => {
  const stage = setStage({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });

  it('waits for its confirmation, and says so', async () => {
    const { server, visitor } = stage;
    const ada = await stage.person();
    await stage.enter(ada, 'email');
    const next = stage.newAddress();
    await visitor.type('New e-mail address', next);
    await visitor.press('Change address');
    await visitor.reads(`We have sent a message to ${next}. The new address counts as soon as`);
    await visitor.page.getByText(ada.email, { exact: true }).waitFor();
    expect(await mailsWrittenTo(server, next)).toHaveLength(1);
  });
});
