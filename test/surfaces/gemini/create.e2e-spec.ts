import { HOUR } from '../../../src/common/clock.js';
import { bearer, outcome } from '../../support/api.js';
import { makePerson, mailsWrittenTo, PASSWORD, rowsOf } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { queryDatabase } from '../../support/raw-database.js';
import {
  askToken,
  askUser,
  basic,
  CREATE,
  createBody,
  createUser,
  INVALID_GRANT,
  INVALID_SCOPE,
  invalidRequest,
  logIn,
  refusal,
  SCOPES,
  tokenAnswer,
} from './requests.js';

describe('POST /api/users/create', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  afterAll(() => server.stop());

  const freshEmail = () => `new-${++count}@example.com`;
  const look = (id: string, token: string) => server.api.get(`/api/users/${id}`, bearer(token));

  /** A request that must change nothing. */
  async function refused(email: string, fields: object) {
    const before = [await rowsOf(server, 'users'), await rowsOf(server, 'grants')];
    const answer = await askUser(server, email, fields);
    expect([await rowsOf(server, 'users'), await rowsOf(server, 'grants')]).toEqual(before);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return outcome(answer);
  }

  it('answers 201, the user with a token that works at once and is not to be stored', async () => {
    const email = freshEmail();
    const answer = await askUser(server, email);
    const { id } = answer.body.user as { id: string };
    const token = answer.body.access_token as string;
    expect(outcome(answer)).toEqual(tokenAnswer({ id, email, token }));
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await look(id, token)).status).toBe(200);
  });

  it('makes an active customer who is the same at every door', async () => {
    const email = freshEmail();
    const { id } = await createUser(server, email.toUpperCase());
    const other = await server.api.post('/api/v1.1/auth/login/', { email, password: PASSWORD });
    expect(other).toMatchObject({ status: 200, body: { uid: id, level: 'simpleuser' } });
    const [row] = await queryDatabase(server.database, `SELECT * FROM users WHERE id = '${id}'`);
    expect(row).toMatchObject({ type: 'customer', state: 'active', email });
    expect(Number(row!.accepted_terms_at)).toBeGreaterThan(0);
    expect((await logIn(server, email)).id).toBe(id);
  });

  it('takes a form, in which has_accepted_terms is text', async () => {
    const fields = { ...createBody(freshEmail()), has_accepted_terms: 'true' };
    const answer = await server.api.send('POST', CREATE, new URLSearchParams(fields), basic());
    expect(answer.status).toBe(201);
  });

  it.each([false, undefined, null])('refuses has_accepted_terms %j', async (value) => {
    expect(await refused(freshEmail(), { has_accepted_terms: value })).toEqual(
      invalidRequest('has_accepted_terms is missing.'),
    );
  });

  it.each([1, 'yes', 'true', 'false', '', [true], {}])(
    'refuses has_accepted_terms %j as malformed',
    async (value) => {
      expect(await refused(freshEmail(), { has_accepted_terms: value })).toEqual(
        invalidRequest('has_accepted_terms is missing or malformed.'),
      );
    },
  );

  it.each([undefined, null, ''])('refuses no e-mail address and no password: %j', async (value) => {
    expect(await refused('', { email: value, password: value, has_accepted_terms: false })).toEqual(
      invalidRequest('email is missing. password is missing. has_accepted_terms is missing.'),
    );
  });

  it.each(['ada', 'ada@', '@example.com', 'a b@example.com', 'ada@example.com\r\nBcc: x@example.com'])(
    'refuses the address %j',
    async (email) => {
      expect(await refused(email, {})).toEqual(invalidRequest('email is malformed.'));
    },
  );

  it('refuses a password against the policy', async () => {
    for (const password of ['short', 'x'.repeat(1_025)]) {
      expect(await refused(freshEmail(), { password })).toEqual(
        invalidRequest('password does not meet the password policy.'),
      );
    }
  });

  it('refuses an address that is taken, in any case, and tells its owner by mail', async () => {
    const email = freshEmail();
    const first = await createUser(server, email);
    expect(await refused(email.toUpperCase(), { password: 'another horse 2' })).toEqual(
      invalidRequest('email is taken.'),
    );
    expect(await mailsWrittenTo(server, email)).toEqual(['confirm-email', 'already-registered']);
    expect((await logIn(server, email)).id).toBe(first.id);
    expect(outcome(await askToken(server, email, { password: 'another horse 2' }))).toEqual(INVALID_GRANT);
  });

  it('gives an address to one of many who ask at once', async () => {
    const email = freshEmail();
    const answers = await Promise.all(Array.from({ length: 8 }, () => askUser(server, email)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(7).fill(400)]);
    for (const answer of answers.filter(({ status }) => status === 400)) {
      expect(outcome(answer)).toEqual(invalidRequest('email is taken.'));
    }
  });

  it.each(['city', 'admin', 'profile admin', 'root'])('refuses the scope %j', async (scope) => {
    expect(await refused(freshEmail(), { scope })).toEqual(INVALID_SCOPE);
  });

  it('gives all that the client may ask for when no scope is asked for', async () => {
    const { body } = await askUser(server, freshEmail(), { scope: undefined });
    expect(body.token.scope).toEqual(SCOPES);
  });

  it.each(['authorization_code', 'refresh_token', 'client_credentials'])(
    'refuses the grant type %s',
    async (grant_type) => {
      expect(await refused(freshEmail(), { grant_type })).toEqual(
        refusal(400, 'unsupported_grant_type', 'Only the password grant is supported.'),
      );
    },
  );

  it('takes no level, id or other thing that is not asked for', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    const email = freshEmail();
    const { body } = await askUser(server, email, {
      id,
      level: 'superuser',
      type: 'admin',
      cities: ['x'],
      has_confirmed_email: true,
      first_name: 'Ada',
      username: 'root',
    });
    const token = body.access_token as string;
    expect(body).toEqual(tokenAnswer({ id: body.user.id as string, email, token }).body);
    expect(body.user.id).not.toBe(id);
  });

  describe('mails a link that confirms the address', () => {
    it('once, at the registration', async () => {
      const user = await createUser(server, freshEmail());
      expect(await mailsWrittenTo(server, user.email)).toEqual(['confirm-email']);
      const mail = await server.mailbox.waitFor(user.email);
      expect(mail.links).toEqual([
        expect.stringMatching(new RegExp(`^${PUBLIC_URL}/c/confirm-user-email/[0-9a-f-]{36}$`)),
      ]);
      const path = mail.links[0]!.slice(PUBLIC_URL.length);
      const isConfirmed = async () => (await look(user.id, user.token)).body.has_confirmed_email as boolean;
      expect((await server.api.get(path)).status).toBe(200);
      expect(await isConfirmed()).toBe(false);
      expect((await server.api.post(path)).status).toBe(200);
      expect(await isConfirmed()).toBe(true);
      expect((await askToken(server, user.email)).body.user.has_confirmed_email).toBe(true);
    });

    it('and with AUTH_CONFIRM_EMAIL_ENABLE further tokens wait for it', async () => {
      const strict = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
      try {
        await declareClient(strict);
        const user = await createUser(strict, 'ada@example.com');
        const own = () => strict.api.get(`/api/users/${user.id}`, bearer(user.token));
        expect((await own()).status).toBe(200);
        expect(outcome(await askToken(strict, user.email))).toEqual(INVALID_GRANT);
        expect(outcome(await askToken(strict, user.email, {}, bearer(user.token)))).toEqual(INVALID_GRANT);
        expect(outcome(await askToken(strict, user.email, { password: 'wrong' }))).toEqual(INVALID_GRANT);
        expect(await mailsWrittenTo(strict, user.email)).toEqual(['confirm-email']);
        const mail = await strict.mailbox.waitFor(user.email);
        strict.clock.advance(HOUR);
        await strict.api.post(mail.links[0]!.slice(PUBLIC_URL.length));
        expect((await askToken(strict, user.email)).status).toBe(201);
        expect((await own()).body.has_confirmed_email).toBe(true);
      } finally {
        await strict.stop();
      }
    });
  });

  describe('obeys the settings of registration', () => {
    it('ENABLE_USERS_SELF_REGISTER', async () => {
      const closed = await startTestGatehouse({ ENABLE_USERS_SELF_REGISTER: 'false' });
      try {
        await declareClient(closed);
        expect(outcome(await askUser(closed, 'ada@example.com'))).toEqual(
          refusal(403, 'access_denied', 'Nobody may register himself here.'),
        );
        await makePerson(closed, { email: 'bob@example.com' });
        expect((await askToken(closed, 'bob@example.com')).status).toBe(201);
      } finally {
        await closed.stop();
      }
    });

    it('API_REGISTER_EMAIL_FILTER', async () => {
      const filtered = await startTestGatehouse({ API_REGISTER_EMAIL_FILTER: '.*@example\\.org' });
      try {
        await declareClient(filtered);
        expect(outcome(await askUser(filtered, 'ada@example.com'))).toEqual(
          invalidRequest('email is malformed.'),
        );
        expect((await askUser(filtered, 'ADA@Example.org')).status).toBe(201);
      } finally {
        await filtered.stop();
      }
    });
  });
});
