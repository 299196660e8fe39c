import { outcome, tokenHeader } from '../../support/api.js';
import { makePerson, mailsWrittenTo, PASSWORD, signIn, type Person } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { accountBody, CHANGE, DIFFERENT, LOGIN, ME, RESET, twice } from './bodies.js';

const SCOPE = '0f1cf8c2-5bda-4281-971b-7ed19ed7bc7a';

describe('/api/v1.1/account/me/', () => {
  let server: TestGatehouse;
  let person: Person;
  let headers: Record<string, string>;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  beforeEach(async () => {
    person = await makePerson(server, { email: `person-${++count}@example.com` });
    headers = tokenHeader(await signIn(server, person));
  });
  afterAll(() => server.stop());

  const patch = async (body: unknown, as = headers) => outcome(await server.api.patch(ME, body, as));
  const me = async (as = headers) => outcome(await server.api.get(ME, as));
  const account = (over = {}) => accountBody(person.uid, person.email, over);

  describe('GET', () => {
    it("answers the document's example: 200 and the account body", async () => {
      const john = await makePerson(server, {
        email: 'johndoe@netsach.com',
        firstName: 'Doe',
        lastName: 'John',
      });
      const answer = await server.api.get(ME, tokenHeader(await signIn(server, john)));
      expect(outcome(answer)).toEqual({
        status: 200,
        body: accountBody(john.uid, john.email, { first_name: 'Doe', last_name: 'John' }),
      });
      expect(answer.headers.get('cache-control')).toBe('no-store');
    });

    it.each([
      ['manager', 'manager'],
      ['admin', 'admin'],
      ['superuser', 'superuser'],
    ] as const)('shows the level of a %s in lower case', async (level, word) => {
      const boss = await makePerson(server, { email: `${level}@example.com`, level, type: 'admin' });
      const answer = await me(tokenHeader(await signIn(server, boss)));
      expect(answer.body).toEqual(accountBody(boss.uid, boss.email, { level: word }));
    });

    it('answers HEAD without a body, and any trailing slash or none', async () => {
      expect(outcome(await server.api.send('HEAD', ME, undefined, headers))).toEqual({
        status: 200,
        body: '',
      });
      expect((await server.api.get(ME.slice(0, -1), headers)).body).toEqual(account());
    });

    it('shows dates in UTC to the second, the same until something changes', async () => {
      const before = (await me()).body as Record<string, string>;
      server.clock.advance(5_000);
      expect((await me()).body).toEqual(before);
      const after = (await patch({ first_name: 'Ada' })).body as Record<string, string>;
      expect(after.creation_date).toBe(before.creation_date);
      expect(Date.parse(after.modification_date!)).toBeGreaterThanOrEqual(
        Date.parse(before.modification_date!) + 4_000,
      );
    });
  });

  describe('PATCH', () => {
    it("answers the document's example: 200 and the account body as it is then", async () => {
      const expected = { status: 200, body: account({ first_name: 'Doe', last_name: 'John' }) };
      expect(await patch({ first_name: 'Doe', last_name: 'John' })).toEqual(expected);
      expect(await me()).toEqual(expected);
    });

    it('changes every writable field, and leaves what is not given', async () => {
      const all = {
        first_name: 'Ada',
        last_name: 'Lovelace',
        unsubscribe_all: true,
        unsubscribe_to: [SCOPE],
      };
      expect(await patch(all)).toEqual({ status: 200, body: account(all) });
      expect(await patch({})).toEqual({ status: 200, body: account(all) });
      expect(await patch({ last_name: '' })).toEqual({
        status: 200,
        body: account({ ...all, last_name: '' }),
      });
      expect((await patch({ unsubscribe_to: [], unsubscribe_all: false })).body).toEqual(
        account({ first_name: 'Ada' }),
      );
    });

    it('trims names, takes numbers as text, and any script', async () => {
      expect((await patch({ first_name: '  Łucja 😀 ', last_name: 42 })).body).toEqual(
        account({ first_name: 'Łucja 😀', last_name: '42' }),
      );
      expect((await patch({ first_name: 'شيماء', last_name: 'x'.repeat(150) })).status).toBe(200);
    });

    it('takes a form, in which true and lists are text', async () => {
      const form = new URLSearchParams({ first_name: 'Ada', unsubscribe_all: 'True', unsubscribe_to: SCOPE });
      expect(await patch(form)).toEqual({
        status: 200,
        body: account({ first_name: 'Ada', unsubscribe_all: true, unsubscribe_to: [SCOPE] }),
      });
      expect((await patch(new URLSearchParams({ unsubscribe_all: 'false' }))).body).toMatchObject({
        unsubscribe_all: false,
      });
    });

    it('ignores what is read-only or unknown', async () => {
      const before = await me();
      const answer = await patch({
        uid: SCOPE,
        public: false,
        creation_date: '2018-11-26T15:54:34Z',
        modification_date: '2018-11-26T15:54:34Z',
        url: 'https://evil.example/',
        verbose_name: 'root',
        level: 'superuser',
        admin: true,
        is_staff: true,
        is_superuser: true,
        is_active: false,
        external_auth: true,
        defaultdividers: [SCOPE],
        groups: ['admins'],
        unsubscribe_notification_url: 'https://evil.example/',
        anything: { at: 'all' },
      });
      expect(answer).toEqual({ status: 200, body: account() });
      expect((before.body as { uid: string }).uid).toBe(person.uid);
    });

    it('ignores a password', async () => {
      expect((await patch({ password: DIFFERENT, password1: DIFFERENT, password2: DIFFERENT })).status).toBe(
        200,
      );
      expect((await server.api.post(LOGIN, { email: person.email, password: DIFFERENT })).status).toBe(401);
      expect((await server.api.post(LOGIN, { email: person.email, password: PASSWORD })).status).toBe(200);
    });

    it.each([
      [{ email: '' }, { email: ['This field may not be blank.'] }],
      [{ email: null }, { email: ['This field may not be null.'] }],
      [{ email: 'x' }, { email: ['Enter a valid email address.'] }],
      [{ email: ['a@example.com'] }, { email: ['Not a valid string.'] }],
      [{ email: 'a@exa\u2474mple.com' }, { email: ['Enter a valid email address.'] }],
      [{ first_name: null }, { first_name: ['This field may not be null.'] }],
      [{ first_name: true }, { first_name: ['Not a valid string.'] }],
      [
        { first_name: 'x'.repeat(151) },
        { first_name: ['Ensure this field has no more than 150 characters.'] },
      ],
      [
        { last_name: {}, unsubscribe_all: 'maybe' },
        { last_name: ['Not a valid string.'], unsubscribe_all: ['Must be a valid boolean.'] },
      ],
      [{ unsubscribe_all: null }, { unsubscribe_all: ['Must be a valid boolean.'] }],
      [{ unsubscribe_to: 'x' }, { unsubscribe_to: ['Expected a list of valid UUIDs.'] }],
      [{ unsubscribe_to: ['x'] }, { unsubscribe_to: ['Expected a list of valid UUIDs.'] }],
      [{ unsubscribe_to: [SCOPE, null] }, { unsubscribe_to: ['Expected a list of valid UUIDs.'] }],
      [{ unsubscribe_to: null }, { unsubscribe_to: ['Expected a list of valid UUIDs.'] }],
      [[], { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
    ])('refuses %j with field errors and changes nothing', async (body, fields) => {
      const given = Array.isArray(body) ? body : { first_name: 'Changed', ...body };
      const before = await me();
      expect(await patch(given)).toEqual({ status: 400, body: fields });
      expect(await me()).toEqual(before);
    });

    it('is refused without a token, before the body is looked at', async () => {
      const forbidden = { status: 403, body: { detail: 'Authentication credentials were not provided.' } };
      expect(await patch({ email: 'x' }, {})).toEqual(forbidden);
      expect(await me({})).toEqual(forbidden);
    });
  });

  describe('PATCH email', () => {
    it('takes effect at once, keeps the sessions, and tells the old address', async () => {
      const wanted = `New-${count}@Example.COM`;
      const stored = wanted.toLowerCase();
      expect(await patch({ email: wanted })).toEqual({ status: 200, body: accountBody(person.uid, stored) });
      expect(await me()).toEqual({ status: 200, body: accountBody(person.uid, stored) });
      expect(await mailsWrittenTo(server, person.email)).toEqual(['email-changed']);
      expect(await mailsWrittenTo(server, stored)).toEqual([]);
      const notice = await server.mailbox.waitFor(person.email);
      expect(notice.links).toEqual([]);
      expect(notice.raw).not.toContain(stored);
      expect((await server.api.post(LOGIN, { email: person.email, password: PASSWORD })).status).toBe(401);
      expect((await server.api.post(LOGIN, { email: stored, password: PASSWORD })).status).toBe(200);
    });

    it('changes all fields together or none', async () => {
      const other = await makePerson(server, { email: `taken-${count}@example.com` });
      const before = await me();
      expect(await patch({ first_name: 'Ada', email: other.email })).toEqual({
        status: 400,
        body: { email: ['user with this email already exists.'] },
      });
      expect(await me()).toEqual(before);
      expect(await mailsWrittenTo(server, person.email)).toEqual([]);
    });

    it('compares addresses in any case', async () => {
      const other = await makePerson(server, { email: `taken-${count}@example.com` });
      expect((await patch({ email: other.email.toUpperCase() })).status).toBe(400);
      expect(await patch({ email: ` ${person.email.toUpperCase()} ` })).toEqual({
        status: 200,
        body: account(),
      });
      expect(await mailsWrittenTo(server, person.email)).toEqual([]);
    });

    it('of two users who want one address at once one gets it', async () => {
      const other = await makePerson(server, { email: `other-${count}@example.com` });
      const wanted = `wanted-${count}@example.com`;
      const answers = await Promise.all([
        patch({ email: wanted }),
        patch({ email: wanted }, tokenHeader(await signIn(server, other))),
      ]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 400]);
    });

    it('frees the old address, whose reset links are dead', async () => {
      await server.api.post(RESET, { email: person.email });
      const mail = await server.mailbox.waitFor(person.email);
      const token = /[0-9a-f-]{36}/.exec(mail.links[0]!)![0];
      const moved = `moved-${count}@example.com`;
      await patch({ email: moved });
      for (const email of [person.email, moved]) {
        const answer = await server.api.post(CHANGE, {
          email,
          ...twice(DIFFERENT),
          password_change_token: token,
        });
        expect(answer.status).toBe(400);
      }
      const heir = await makePerson(server, { email: person.email });
      expect(heir.uid).not.toBe(person.uid);
    });
  });
});
