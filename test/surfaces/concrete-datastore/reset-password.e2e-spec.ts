import { HOUR, MINUTE } from '../../../src/common/clock.js';
import { outcome, tokenHeader } from '../../support/api.js';
import {
  block,
  mailedToken,
  mailsWrittenTo,
  makePerson,
  rowsOf,
  signIn,
  type Person,
} from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { CHANGE, DIFFERENT, ME, refusal, RESET, twice } from './bodies.js';

const BAD_FORMAT = {
  status: 400,
  body: { errors: 'url_format is not a valid format_string', _errors: ['INVALID_PARAMETER'] },
};

describe('POST /api/v1.1/auth/reset-password/', () => {
  let server: TestGatehouse;
  let person: Person;
  let count = 0;
  const reset = async (body: unknown, headers = {}) => outcome(await server.api.post(RESET, body, headers));

  beforeAll(async () => {
    server = await startTestGatehouse({
      WEB_APP_URL: 'https://app.gatehouse.test',
      LINK_ORIGINS: 'https://shop.gatehouse.test',
      SESSION_IDLE_TTL: '8640000',
      SESSION_ABSOLUTE_TTL: '8640000',
    });
  });
  beforeEach(async () => {
    person = await makePerson(server, { email: `person-${++count}@example.com` });
  });
  afterAll(() => server.stop());

  it("answers the document's example: 200 and the address", async () => {
    const john = await makePerson(server, { email: 'johndoe@netsach.com' });
    const answer = await reset({ email: john.email, url_format: '/redirection-url/{token}/{email}/' });
    expect(answer).toEqual({ status: 200, body: { email: 'johndoe@netsach.com' } });
    const mail = await server.mailbox.waitFor(john.email);
    expect(mail.subject).toBe('Reset your password');
    expect(mail.links).toEqual([
      expect.stringMatching(
        /^https:\/\/app\.gatehouse\.test\/redirection-url\/[0-9a-f-]{36}\/johndoe%40netsach\.com\/$/,
      ),
    ]);
  });

  it('mails the default link otherwise, in the language that is asked for', async () => {
    await reset({ email: person.email, url_format: null }, { 'accept-language': 'fr' });
    const mail = await server.mailbox.waitFor(person.email);
    expect(mail.links[0]).toMatch(
      /^https:\/\/app\.gatehouse\.test\/#\/reset-password\/[0-9a-f-]{36}\/person-/,
    );
    expect(mail.html).toContain('<html lang="fr">');
  });

  it('echoes the address as it was given', async () => {
    const given = person.email.toUpperCase();
    expect(await reset({ email: given })).toEqual({ status: 200, body: { email: given } });
    expect(await mailsWrittenTo(server, person.email)).toEqual(['reset-password']);
  });

  it('changes nothing by itself', async () => {
    const headers = tokenHeader(await signIn(server, person));
    await reset({ email: person.email });
    expect((await server.api.get(ME, headers)).status).toBe(200);
    await signIn(server, person);
  });

  it('answers an unknown and a blocked user as it answers a known one, and mails nobody', async () => {
    await block(server, person);
    for (const email of [person.email, 'nobody@example.com']) {
      expect(await reset({ email })).toEqual({ status: 200, body: { email } });
      expect(await reset({ email })).toEqual({ status: 200, body: { email } });
      expect(await mailsWrittenTo(server, email)).toEqual([]);
      expect(await reset({ email, url_format: '/x' })).toEqual(BAD_FORMAT);
    }
  });

  it('mails a user without a password', async () => {
    const without = await makePerson(server, { email: `without-${count}@example.com`, password: null });
    await reset({ email: without.email });
    expect(await mailsWrittenTo(server, without.email)).toEqual(['reset-password']);
  });

  it('mails at most once a minute, in whatever spelling, and answers alike', async () => {
    for (const email of [person.email, person.email.toUpperCase(), ` ${person.email}`, person.email]) {
      expect((await reset({ email })).status).toBe(200);
    }
    await Promise.all(Array.from({ length: 5 }, () => reset({ email: person.email })));
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(1);
    server.clock.advance(MINUTE);
    await Promise.all(Array.from({ length: 5 }, () => reset({ email: person.email })));
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(2);
  });

  it('leaves the first link alive while it mails no second one', async () => {
    await reset({ email: person.email });
    await reset({ email: person.email });
    const token = await mailedToken(server, person.email);
    const body = { email: person.email, ...twice(DIFFERENT), password_change_token: token };
    expect((await server.api.post(CHANGE, body)).status).toBe(200);
  });

  it('ends the older link with a newer one', async () => {
    await reset({ email: person.email });
    const older = await mailedToken(server, person.email, 1);
    server.clock.advance(MINUTE);
    await reset({ email: person.email });
    const newer = await mailedToken(server, person.email, 2);
    const redeem = async (token: string) =>
      outcome(
        await server.api.post(CHANGE, {
          email: person.email,
          ...twice(DIFFERENT),
          password_change_token: token,
        }),
      );
    expect(await redeem(older)).toEqual({ status: 400, body: refusal('invalid token', 'INVALID_TOKEN') });
    expect((await redeem(newer)).status).toBe(200);
  });

  it('gives a link that lives four hours', async () => {
    await reset({ email: person.email });
    const token = await mailedToken(server, person.email);
    const redeem = async (password: string) =>
      (
        await server.api.post(CHANGE, {
          email: person.email,
          ...twice(password),
          password_change_token: token,
        })
      ).body._errors as string[] | undefined;
    server.clock.advance(4 * HOUR - 10_000);
    expect(await redeem(person.password)).toEqual(['CANNOT_USE_SAME_PASSWORD']);
    server.clock.advance(10_000);
    expect(await redeem(DIFFERENT)).toEqual(['INVALID_TOKEN']);
  });

  it('takes a form and no trailing slash', async () => {
    const form = new URLSearchParams({ email: person.email, url_format: '/x/{token}/{email}' });
    const answer = await server.api.post(RESET.slice(0, -1), form);
    expect(outcome(answer)).toEqual({ status: 200, body: { email: person.email } });
    expect((await server.mailbox.waitFor(person.email)).links[0]).toContain('/x/');
  });

  it.each([
    '/x/{token}/',
    '/x/{email}/',
    '/x/{token}/{email}/{x}',
    '/x/{token.x}/{token}/{email}',
    '/x/{token}/{email}/}',
    'https://evil.example/{token}/{email}/',
    '//evil.example/{token}/{email}/',
    'https://shop.gatehouse.test@evil.example/{token}/{email}/',
    'https://{email}.evil.example/{token}/',
    'http://shop.gatehouse.test/{token}/{email}/',
    'javascript:{token}{email}',
    '/x/{token}/{email}/\n',
  ])('refuses the url_format %j, and writes nothing', async (url_format) => {
    const [tokens, mails] = [await rowsOf(server, 'one_time_tokens'), await rowsOf(server, 'outbox')];
    expect(await reset({ email: person.email, url_format })).toEqual(BAD_FORMAT);
    expect([await rowsOf(server, 'one_time_tokens'), await rowsOf(server, 'outbox')]).toEqual([
      tokens,
      mails,
    ]);
    expect((await reset({ email: person.email })).status).toBe(200);
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(1);
  });

  it('takes an absolute url_format of an allowed origin', async () => {
    await reset({ email: person.email, url_format: 'https://shop.gatehouse.test/r?t={token}&e={email}#x' });
    expect((await server.mailbox.waitFor(person.email)).links[0]).toMatch(
      /^https:\/\/shop\.gatehouse\.test\/r\?t=[0-9a-f-]{36}&e=person-\d+%40example\.com#x$/,
    );
  });

  it.each([
    [{}, { email: ['This field is required.'] }],
    [
      { email: 'x', url_format: '' },
      { email: ['Enter a valid email address.'], url_format: ['This field may not be blank.'] },
    ],
    [
      { email: null, url_format: [] },
      { email: ['This field may not be null.'], url_format: ['Not a valid string.'] },
    ],
    [{ email: 'a@exa\uFE6Bmple.com' }, { email: ['Enter a valid email address.'] }],
  ])('tells the faults of %j by field', async (body, fields) => {
    expect(await reset(body)).toEqual({ status: 400, body: refusal(fields, 'INVALID_DATA') });
  });
});
