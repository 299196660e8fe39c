import { HOUR, MINUTE } from '../../src/common/clock.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { mailsWrittenTo, makePerson } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const PATH = '/v1/me/email';
const CONFIRMATION = `${PATH}/confirmation`;
const ACCEPTED = { status: 202, body: '' };

/** Contract 3.14, 3.15. */
describe.each(['false', 'true'])('/v1/me/email with AUTH_CONFIRM_EMAIL_ENABLE=%s', (confirmsFirst) => {
  let server: TestGatehouse;
  let ada: SignedIn;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: confirmsFirst, RATE_LIMITS: 'on' });
  });
  beforeEach(async () => {
    // Past the limit of requests of those before.
    server.clock.advance(HOUR);
    ada = await makeSignedIn(server, { email: freshEmail() });
  });
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@example.com`;
  const put = (email: unknown, { token } = ada) => server.api.send('PUT', PATH, { email }, bearer(token));
  const me = async () =>
    (await server.api.get('/v1/me', bearer(ada.token))).body as { email: string; emailConfirmed: boolean };
  const linkIn = async (address: string, nth = 1) =>
    (await server.mailbox.waitFor(address, nth, /confirm-user-email/)).links[0]!.slice(PUBLIC_URL.length);
  const redeem = async (path: string) => (await server.api.post(path)).status;

  it('changes it as the configuration says, and has the new one confirmed', async () => {
    const wanted = freshEmail();
    const isAtOnce = confirmsFirst === 'false';
    expect(outcome(await put(wanted.toUpperCase()))).toEqual({
      status: 200,
      body: isAtOnce ? { email: wanted, pendingEmail: null } : { email: ada.email, pendingEmail: wanted },
    });
    expect(await me()).toMatchObject(
      isAtOnce ? { email: wanted, emailConfirmed: false } : { email: ada.email, emailConfirmed: true },
    );
    expect(await mailsWrittenTo(server, ada.email)).toEqual(isAtOnce ? ['email-changed'] : []);
    expect(await redeem(await linkIn(wanted))).toBe(200);
    expect(await me()).toMatchObject({ email: wanted, emailConfirmed: true });
    expect(await mailsWrittenTo(server, ada.email)).toEqual(['email-changed']);
    expect(outcome(await put(wanted))).toEqual({ status: 200, body: { email: wanted, pendingEmail: null } });
    expect(await mailsWrittenTo(server, wanted)).toEqual(['confirm-email']);
  });

  it('is not taken from somebody else', async () => {
    const { email } = await makePerson(server, { email: freshEmail() });
    expect(outcome(await put(email))).toEqual(problem(409, 'identifier-taken'));
    expect(await me()).toMatchObject({ email: ada.email, emailConfirmed: true });
    expect(await mailsWrittenTo(server, email)).toEqual([]);
  });

  it.each([undefined, null, '', 'ada', 'a@b, c@d', 5, ['ada@example.com'], `${'x'.repeat(250)}@example.com`])(
    'is never %j',
    async (email) => {
      const answer = await put(email);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual(['email']);
      expect(await me()).toMatchObject({ email: ada.email });
    },
  );

  it('asks for a recent sign-in; another link for one’s own session alone', async () => {
    server.clock.advance(15 * MINUTE + 1);
    expect(outcome(await put(freshEmail()))).toEqual(problem(403, 'reauthentication-required'));
    expect(outcome(await server.api.post(CONFIRMATION, undefined, bearer(ada.token)))).toEqual(ACCEPTED);
    expect((await server.api.post(CONFIRMATION)).status).toBe(401);
  });

  if (confirmsFirst === 'true') {
    it('has the last one wait that was asked for', async () => {
      const [one, other] = [freshEmail(), freshEmail()];
      await put(one);
      expect((await put(other)).body).toEqual({ email: ada.email, pendingEmail: other });
      expect(await redeem(await linkIn(one))).toBe(404);
      expect(await redeem(await linkIn(other))).toBe(200);
      expect(await me()).toMatchObject({ email: other });
    });

    it('tells of none that waits once its link has come to an end', async () => {
      await put(freshEmail());
      const change = { currentPassword: ada.password, password: 'another one 22' };
      await server.api.send('PUT', '/v1/me/password', change, bearer(ada.token));
      expect((await put(ada.email)).body).toEqual({ email: ada.email, pendingEmail: null });
    });
  } else {
    describe('confirmation', () => {
      const ask = async () => outcome(await server.api.post(CONFIRMATION, undefined, bearer(ada.token)));

      it('is mailed again, once a minute and five times an hour at most, whatever is answered', async () => {
        const wanted = freshEmail();
        await put(wanted);
        const sent = async () => (await mailsWrittenTo(server, wanted)).length;
        expect([await ask(), await sent()]).toEqual([ACCEPTED, 1]);
        for (const expected of [2, 3, 4, 5, 5]) {
          server.clock.advance(MINUTE);
          expect([await ask(), await ask(), await sent()]).toEqual([ACCEPTED, ACCEPTED, expected]);
        }
        expect(await redeem(await linkIn(wanted))).toBe(404);
        expect(await redeem(await linkIn(wanted, 5))).toBe(200);
        expect(await me()).toMatchObject({ email: wanted, emailConfirmed: true });
      });

      it('is mailed to no confirmed address', async () => {
        expect(await ask()).toEqual(ACCEPTED);
        expect(await mailsWrittenTo(server, ada.email)).toEqual([]);
      });

      it('counts no more once the address is another', async () => {
        const [one, other] = [freshEmail(), freshEmail()];
        await put(one);
        const link = await linkIn(one);
        await put(other);
        expect(await redeem(link)).toBe(404);
        expect(await me()).toMatchObject({ email: other, emailConfirmed: false });
      });
    });
  }
});
