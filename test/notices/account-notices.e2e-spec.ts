import { jest } from '@jest/globals';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { HandOverUser } from '../../src/accounts/hand-over-user.service.js';
import { DeclareUsers } from '../../src/accounts/declare-users.service.js';
import { RemoveUserFactor } from '../../src/auth/remove-user-factor.service.js';
import { Sessions } from '../../src/grants/sessions.service.js';
import { enrol } from '../support/authenticator.js';
import { bearer, tokenHeader } from '../support/api.js';
import {
  block,
  mailedToken,
  mailsWrittenTo,
  makePerson,
  signIn,
  type Person,
  type PersonFields,
} from '../support/declared-people.js';
import { signInAt003 } from '../support/doors.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { AT_HOME, CAFE, CHROME, from, HOME } from './browsers.js';

const NEW = 'another password 2';
const CHANGE = '/api/v1.1/auth/change-password/';

type User = Person & { readonly token: string };

/** Contract 3.6: one notice per changed password, factor or e-mail, and no more. */
describe('what happens to an account is told to its user', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let admin: User;
  let people = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse({ TRUST_PROXY: '1', ...twitter.environment });
    admin = await member({ type: 'admin', level: 'superuser' });
  });
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });
  afterEach(() => jest.restoreAllMocks());

  const email = () => `person-${(people += 1)}@example.com`;
  async function member(fields: Partial<PersonFields> = {}): Promise<User> {
    const person = await makePerson(server, { email: email(), ...fields });
    return { ...person, token: await signIn(server, person, AT_HOME) };
  }
  const written = ({ email: address }: Pick<Person, 'email'>) => mailsWrittenTo(server, address);
  const setPassword = (address: string, more: object, headers = {}) =>
    server.api.post(CHANGE, { email: address, password1: NEW, password2: NEW, ...more }, headers);

  describe('a password', () => {
    it('that he changes himself: when, from where and with what', async () => {
      const user = await member();
      const headers = { ...from(CAFE, CHROME), ...tokenHeader(user.token) };
      expect((await setPassword(user.email, {}, headers)).status).toBe(200);
      expect(await written(user)).toEqual(['password-changed']);
      const mail = await server.mailbox.waitFor(user.email);
      expect(mail.subject).toBe('The password of your account has changed');
      expect(mail.text).toContain(` UTC\nAddress: ${CAFE}\nBrowser: Chrome, Windows\n\nIf you did it`);
      expect(mail.text).not.toContain('administrator');
      expect(mail.links).toEqual(['http://id.gatehouse.test']);
      await signIn(server, { ...user, password: NEW }, from(CAFE, CHROME));
      expect(await written(user)).toEqual(['password-changed']);
    });

    it('that he changes at 003', async () => {
      const user = await member();
      const { token } = await signInAt003(server.api, user, 'customer', AT_HOME);
      const body = { currentPassword: user.password, plainPassword: NEW };
      const answer = await server.api.post('/api/customer/password/change', body, bearer(token));
      expect(answer.status).toBe(200);
      expect(await written(user)).toEqual(['password-changed']);
    });

    it('that is reset by a mailed link, and the session that comes of it is no news', async () => {
      const user = await member();
      await server.api.post('/api/v1.1/auth/reset-password/', { email: user.email });
      const token = await mailedToken(server, user.email);
      const done = await setPassword(user.email, { password_change_token: token }, from(CAFE, CHROME));
      expect(done.status).toBe(200);
      expect(await written(user)).toEqual(['reset-password', 'password-changed']);
      expect((await server.mailbox.waitFor(user.email, 2)).text).toContain(`Address: ${CAFE}\n`);
    });

    it('that an operator has him set', async () => {
      const user = await member();
      const { link } = await server.get(HandOverUser).reset(user.email);
      const [token = ''] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(link) ?? [];
      expect((await setPassword(user.email, { password_change_token: token })).status).toBe(200);
      expect(await written(user)).toEqual(['password-changed']);
    });

    it('that an authority sets, of whom no more is told', async () => {
      const user = await member();
      const headers = { ...from(HOME, CHROME), ...tokenHeader(admin.token) };
      expect((await setPassword(user.email, {}, headers)).status).toBe(200);
      expect(await written(user)).toEqual(['password-changed']);
      const { text } = await server.mailbox.waitFor(user.email);
      expect(text).toContain('An administrator of this service did it.\n\nWhen: ');
      expect(text).not.toMatch(/Address|Browser/);
      expect(await written(admin)).toEqual([]);
    });

    it('that an administrator is given at 003', async () => {
      const user = await member({ type: 'admin', level: 'manager' });
      const { token } = await signInAt003(server.api, admin, 'admin', AT_HOME);
      const fields = { email: user.email, plainPassword: NEW, isActive: true };
      const answer = await server.api.send(
        'PUT',
        `/api/admin/data/${user.uid}`,
        { admin: fields },
        bearer(token),
      );
      expect(answer.status).toBe(200);
      expect(await written(user)).toEqual(['password-changed']);
    });

    it('that a manifest changes, and the address with it; not when it makes him, nor in a rehearsal', async () => {
      const first = {
        email: email(),
        name: `declared-${people}`,
        type: 'customer',
        level: 'member',
      } as const;
      const moved = { ...first, email: email() };
      const declare = (user: typeof first | typeof moved, text: string, how: 'declare' | 'rehearse') =>
        server.get(DeclareUsers)[how]([{ ...user, password: { kind: 'plain', text } }]);
      await declare(first, 'first password 1', 'declare');
      await declare(first, 'first password 1', 'declare');
      await declare(moved, NEW, 'rehearse');
      expect(await written(first)).toEqual([]);
      await declare(first, NEW, 'declare');
      expect(await written(first)).toEqual(['password-changed']);
      await declare(moved, NEW, 'declare');
      expect(await written(first)).toEqual(['password-changed', 'email-changed']);
      expect(await written(moved)).toEqual([]);
    });

    it('but not the first one, which ends a registration', async () => {
      const address = email();
      expect((await server.api.post('/api/v1.1/auth/register/', { email: address }, AT_HOME)).status).toBe(
        201,
      );
      const token = await mailedToken(server, address);
      const done = await setPassword(address, { password_change_token: token }, from(CAFE, CHROME));
      expect(done.status).toBe(200);
      await signIn(server, { email: address, password: NEW }, from(CAFE, CHROME));
      expect(await mailsWrittenTo(server, address)).toEqual(['set-password']);
    });

    it('also when he is blocked', async () => {
      const user = await member();
      await block(server, user);
      expect((await setPassword(user.email, {}, tokenHeader(admin.token))).status).toBe(200);
      expect(await written(user)).toEqual(['password-changed']);
    });

    it.each([
      ['fr', 'Le mot de passe de votre compte a été modifié'],
      ['pl_PL', 'Zmieniono hasło Twojego konta'],
    ])('in his language: %s', async (locale, subject) => {
      const user = await member();
      expect((await server.api.patch('/v1/me', { locale }, bearer(user.token))).status).toBe(200);
      expect((await setPassword(user.email, {}, tokenHeader(user.token))).status).toBe(200);
      expect((await server.mailbox.waitFor(user.email)).subject).toBe(subject);
    });

    it('and nothing is told of one that was not changed after all', async () => {
      const user = await member();
      jest.spyOn(server.get(Sessions), 'open').mockRejectedValueOnce(new Error('away'));
      expect((await setPassword(user.email, {}, tokenHeader(user.token))).status).toBe(500);
      expect(await written(user)).toEqual([]);
    });
  });

  describe('a second factor', () => {
    it('added, its codes renewed, one of them used, and removed: each once', async () => {
      const user = await member();
      const headers = bearer(user.token);
      const { app } = await enrol(server, { ...headers, ...AT_HOME });
      expect(await written(user)).toEqual(['factor-changed']);
      const added = await server.mailbox.waitFor(user.email);
      expect(added.text).toContain('A second factor has been added to your account.');
      expect(added.text).toContain(`Address: ${HOME}\nBrowser: Firefox, Linux\n`);
      expect(added.text).not.toMatch(/removed|replaced|recovery/);
      expect(added.raw).not.toContain(app.secret);

      const renewed = await server.api.post('/v1/me/factors/recovery-codes', undefined, headers);
      expect(renewed.status).toBe(201);
      const [otp = ''] = renewed.body.recoveryCodes as string[];
      const codesMail = await server.mailbox.waitFor(user.email, 2);
      expect(codesMail.text).toContain('The recovery codes of your account have been replaced.');
      expect(codesMail.raw).not.toContain(otp);

      const body = { identifier: user.email, password: user.password, otp };
      expect((await server.api.post('/v1/sessions', body, AT_HOME)).status).toBe(201);
      const used = await server.mailbox.waitFor(user.email, 3);
      expect(used.subject).toBe('A recovery code of your account was used');
      expect(used.text).toContain('Recovery codes left: 9.');
      expect(used.raw).not.toContain(otp);
      const withApp = { ...body, otp: app.freshCode() };
      expect((await server.api.post('/v1/sessions', withApp, AT_HOME)).status).toBe(201);

      const removed = await server.api.send('DELETE', '/v1/me/factors/totp', undefined, headers);
      expect(removed.status).toBe(204);
      const last = await server.mailbox.waitFor(user.email, 4);
      expect(last.text).toContain('A second factor has been removed from your account.');
      expect(await written(user)).toEqual(Array.from({ length: 4 }, () => 'factor-changed'));
    });

    it('that an administrator removes, or the operator', async () => {
      for (const remove of [
        ({ uid }: User) =>
          server.api.send('DELETE', `/v1/users/${uid}/factors`, undefined, bearer(admin.token)),
        ({ uid }: User) => server.get(RemoveUserFactor).remove(SYSTEM_ACTOR, uid),
      ]) {
        const user = await member();
        await enrol(server, bearer(user.token));
        await remove(user);
        const { text } = await server.mailbox.waitFor(user.email, 2);
        expect(text).toContain('has been removed from your account.');
        expect(text).toContain('An administrator of this service did it.\n\nWhen: ');
        expect(text).not.toMatch(/Address|Browser/);
      }
    });
  });

  it('an account elsewhere that is linked, and unlinked', async () => {
    const user = await member();
    const headers = { ...bearer(user.token), ...AT_HOME };
    const proof = { provider: 'twitter', token: twitter.tokenOf({ id: '7', screenName: 'bird' }) };
    const linked = await server.api.post('/v1/me/identities', proof, headers);
    expect(linked.status).toBe(201);
    const { text } = await server.mailbox.waitFor(user.email);
    expect(text).toContain('has been linked to yours (twitter).');
    expect(text).not.toContain('no longer');
    const path = `/v1/me/identities/${linked.body.id as string}`;
    expect((await server.api.send('DELETE', path, undefined, headers)).status).toBe(204);
    expect((await server.mailbox.waitFor(user.email, 2)).text).toContain('is no longer linked to yours');
    expect(await written(user)).toEqual(['identity-changed', 'identity-changed']);
  });

  it('another address, at the old one and not at the new one', async () => {
    const user = await member({ type: 'admin', level: 'manager' });
    const { token } = await signInAt003(server.api, user, 'admin', AT_HOME);
    const address = email();
    const answer = await server.api.send(
      'PUT',
      '/api/admin/data',
      { admin: { email: address } },
      bearer(token),
    );
    expect(answer.status).toBe(200);
    expect(await written(user)).toEqual(['email-changed']);
    expect(await mailsWrittenTo(server, address)).not.toContain('email-changed');
    const { text } = await server.mailbox.waitFor(user.email);
    expect(text).toMatch(/^When: \w+ \d+, \d{4} at \d\d:\d\d UTC$/m);
    expect(text).toMatch(/^Address: 127\.0\.0\.1$/m);
    expect(text).not.toContain('administrator');
    expect(text).not.toContain(address);
  });
});
