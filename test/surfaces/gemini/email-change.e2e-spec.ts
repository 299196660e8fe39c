import { bearer, outcome, type Answer } from '../../support/api.js';
import { mailsWrittenTo } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { askToken, createUser, freshUser, type GeminiUser } from './requests.js';

/** "Changing the e-mail unsets it and mails again" (contract 4.1; 3.15). */
describe.each(['false', 'true'])('a new e-mail address, AUTH_CONFIRM_EMAIL_ENABLE=%s', (setting) => {
  const waits = setting === 'true';
  let server: TestGatehouse;
  let user: GeminiUser;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: setting });
    await declareClient(server);
  });
  beforeEach(async () => {
    user = await createUser(server, freshEmail());
    await confirm(user.email);
  });
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@example.com`;
  const get = async () => (await server.api.get(`/api/users/${user.id}`, bearer(user.token))).body as object;
  const patch = (fields: object) => server.api.patch(`/api/users/${user.id}`, fields, bearer(user.token));
  const confirm = async (email: string): Promise<Answer> => {
    const { links } = await server.mailbox.waitFor(email);
    return server.api.post(links.at(-1)!.slice(PUBLIC_URL.length));
  };
  const confirmed = (email: string) => freshUser(user.id, email, { has_confirmed_email: true });

  it(
    waits ? 'takes effect with its link' : 'is there at once, and unconfirmed until its link is used',
    async () => {
      const email = freshEmail();
      const during = waits ? confirmed(user.email) : freshUser(user.id, email);
      expect(outcome(await patch({ email: email.toUpperCase() }))).toEqual({ status: 200, body: during });
      expect(await get()).toEqual(during);
      expect(await mailsWrittenTo(server, email)).toEqual(['confirm-email']);
      expect((await confirm(email)).status).toBe(200);
      expect(await get()).toEqual(confirmed(email));
      expect(await mailsWrittenTo(server, user.email)).toEqual(['confirm-email', 'email-changed']);
      expect((await askToken(server, user.email)).status).toBe(400);
      expect((await askToken(server, email)).status).toBe(201);
    },
  );

  it('that is the present one changes nothing', async () => {
    const answer = await patch({ email: user.email.toUpperCase() });
    expect(outcome(answer)).toEqual({ status: 200, body: confirmed(user.email) });
    expect(await mailsWrittenTo(server, user.email)).toEqual(['confirm-email']);
  });

  it('is not confirmed by a link to another address', async () => {
    const other = await createUser(server, freshEmail());
    await patch({ email: freshEmail() });
    const before = await get();
    await confirm(other.email);
    await confirm(user.email);
    expect(await get()).toEqual(before);
  });

  it('keeps the token at work', async () => {
    const email = freshEmail();
    await patch({ email });
    await confirm(email);
    expect((await askToken(server, email, {}, bearer(user.token))).status).toBe(201);
  });
});
