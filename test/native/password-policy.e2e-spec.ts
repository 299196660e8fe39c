import { MINUTE } from '../../src/common/clock.js';
import { faultyFields, outcome } from '../support/api.js';
import { problem } from '../support/api-keys.js';
import { makeCallers, statuses, type Callers } from '../support/callers.js';
import { queryDatabase } from '../support/raw-database.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const POLICY = '/v1/password-policy';

/** What the environment of this server says. */
const FIRST = {
  minLength: 9,
  maxLength: 1024,
  minDigits: 0,
  minLower: 0,
  minUpper: 0,
  minSpecial: 0,
  specialCharacters: '!?',
  refuseCommon: false,
  expiresAfterDays: 0,
  allowsReuse: true,
};

const CHANGED_SINCE = problem(412, 'precondition-failed');

describe('/v1/password-policy', () => {
  let server: TestGatehouse;
  let callers: Callers;

  beforeAll(async () => {
    server = await startTestGatehouse({
      PASSWORD_MIN_LENGTH: '9',
      SPECIAL_CHARACTERS: '!?',
      ALLOW_REUSE_PASSWORD_ON_CHANGE: 'true',
    });
    callers = await makeCallers(server);
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await remove();
  });

  const get = (headers: Record<string, string> = {}) => server.api.get(POLICY, headers);
  const edit = (body: unknown, headers: Record<string, string> = {}) =>
    server.api.patch(POLICY, body, { ...callers.admin, ...headers });
  const remove = (headers: Record<string, string> = {}) =>
    server.api.send('DELETE', POLICY, undefined, { ...callers.admin, ...headers });
  const tag = async () => (await get()).headers.get('etag')!;

  describe('GET', () => {
    it('tells everybody the environment’s values until somebody edits them', async () => {
      const answer = await get();
      expect(outcome(answer)).toEqual({ status: 200, body: FIRST });
      expect(answer.headers.get('etag')).toMatch(/^"[\w-]{27}"$/);
      expect(outcome(await get({ authorization: 'Bearer nonsense' }))).toEqual({ status: 200, body: FIRST });
    });

    it('says nothing again to who has it already', async () => {
      const answer = await get({ 'if-none-match': await tag() });
      expect(outcome(answer)).toEqual({ status: 304, body: '' });
      await edit({ minLength: 10 });
      expect((await get({ 'if-none-match': answer.headers.get('etag')! })).status).toBe(200);
    });
  });

  describe('PATCH', () => {
    it('changes what is given and keeps the rest', async () => {
      const changed = { ...FIRST, minLength: 12, refuseCommon: true };
      const answer = await edit({ minLength: 12, refuseCommon: true });
      expect(outcome(answer)).toEqual({ status: 200, body: changed });
      expect(answer.headers.get('etag')).toBe(await tag());
      expect((await get()).body).toEqual(changed);
      expect((await edit({ minSpecial: 1, expiresAfterDays: 90, allowsReuse: false })).body).toEqual({
        ...changed,
        minSpecial: 1,
        expiresAfterDays: 90,
        allowsReuse: false,
      });
    });

    it('leaves the environment’s policy in force when nothing is given, and drops what it does not know', async () => {
      expect((await edit({})).body).toEqual(FIRST);
      expect((await edit({ maxLength: 5, id: 2, updatedAt: 0, rules: null })).body).toEqual(FIRST);
      const rows = await queryDatabase(server.database, 'SELECT id, rules FROM password_policy');
      expect(rows).toEqual([{ id: 1, rules: null }]);
    });

    it('takes the bounds themselves', async () => {
      const least = { minLength: 1, minDigits: 0, expiresAfterDays: 0 };
      const most = { minLength: 128, minDigits: 32, minLower: 32, minUpper: 32, minSpecial: 32 };
      expect(outcome(await edit(least))).toEqual({ status: 200, body: { ...FIRST, ...least } });
      const answer = await edit({ ...most, specialCharacters: ' €😀', expiresAfterDays: 3650 });
      expect(answer.body).toMatchObject({ ...most, specialCharacters: ' €😀', expiresAfterDays: 3650 });
    });

    it('tells every fault at once, and changes nothing', async () => {
      const answer = await edit({
        minLength: 0,
        minDigits: -1,
        minLower: 129,
        minUpper: '1',
        minSpecial: 1.5,
        specialCharacters: 'aa\u0007',
        refuseCommon: 'true',
        expiresAfterDays: 3651,
        allowsReuse: null,
      });
      expect(answer.status).toBe(400);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body.errors).toEqual([
        { path: 'minLength', rule: 'min' },
        { path: 'minDigits', rule: 'min' },
        { path: 'minLower', rule: 'max' },
        { path: 'minUpper', rule: 'isInt' },
        { path: 'minUpper', rule: 'min' },
        { path: 'minUpper', rule: 'max' },
        { path: 'minSpecial', rule: 'isInt' },
        { path: 'specialCharacters', rule: 'matches' },
        { path: 'specialCharacters', rule: 'isWithoutRepeats' },
        { path: 'refuseCommon', rule: 'isBoolean' },
        { path: 'expiresAfterDays', rule: 'max' },
        { path: 'allowsReuse', rule: 'isBoolean' },
      ]);
      expect((await get()).body).toEqual(FIRST);
    });

    it('refuses what no password could meet', async () => {
      const answer = await edit({ minDigits: 100, minUpper: 28, minSpecial: 1, specialCharacters: '' });
      const errors = [
        { path: '', rule: 'minimaTogether' },
        { path: 'specialCharacters', rule: 'isNotEmpty' },
      ];
      expect(outcome(answer)).toEqual(problem(400, 'password-policy-impossible', { errors }));
      expect((await edit({ specialCharacters: '' })).status).toBe(200);
      expect(faultyFields(await edit({ minSpecial: 1 }))).toEqual(['specialCharacters']);
      expect((await get()).body).toEqual({ ...FIRST, specialCharacters: '' });
    });

    it.each([
      ['a list', []],
      ['text', '"x"'],
      ['broken JSON', '{'],
    ])('refuses %s', async (_name, body) => {
      const answer = await edit(body, { 'content-type': 'application/json' });
      expect(answer.status).toBe(400);
    });

    it('minds what the caller holds to be present', async () => {
      const before = await tag();
      expect((await edit({ minLength: 10 }, { 'if-match': before })).status).toBe(200);
      expect(outcome(await edit({ minLength: 11 }, { 'if-match': before }))).toEqual(CHANGED_SINCE);
      expect(outcome(await edit({ minLength: 11 }, { 'if-match': '"other", W/"x"' }))).toEqual(CHANGED_SINCE);
      expect((await get()).body.minLength).toBe(10);
      expect((await edit({ minLength: 11 }, { 'if-match': '*' })).status).toBe(200);
    });

    it('lets one of those pass who hold the same to be present', async () => {
      for (let round = 0; round < 5; round++) {
        const before = await tag();
        const answers = await Promise.all(
          [1, 2, 3].map((n) => edit({ minLength: 20 + 3 * round + n }, { 'if-match': before })),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412]);
        const winner = answers.find(({ status }) => status === 200)!;
        expect((await get()).body).toEqual(winner.body);
      }
    });

    it('loses none of the edits that race without a condition', async () => {
      await Promise.all([edit({ minLength: 30 }), edit({ minDigits: 3 }), edit({ minLower: 4 })]);
      expect((await get()).body).toEqual({ ...FIRST, minLength: 30, minDigits: 3, minLower: 4 });
    });
  });

  describe('DELETE', () => {
    it('brings the environment’s values back', async () => {
      await edit({ minLength: 40 });
      const stale = await tag();
      await edit({ minLength: 41 });
      expect(outcome(await remove({ 'if-match': stale }))).toEqual(CHANGED_SINCE);
      expect(outcome(await remove({ 'if-match': await tag() }))).toEqual({ status: 204, body: '' });
      expect((await get()).body).toEqual(FIRST);
    });
  });

  describe('who may', () => {
    const EDITORS = {
      anonymous: 401,
      customer: 403,
      member: 403,
      manager: 403,
      key: 403,
      application: 403,
    };

    it('edit it: admins and above, in a session of their own', async () => {
      const answers = await statuses(callers, (headers) =>
        server.api.patch(POLICY, { minLength: 9 }, headers),
      );
      expect(answers).toEqual({ ...EDITORS, admin: 200, superuser: 200 });
    });

    it('bring the environment’s back: the same', async () => {
      const answers = await statuses(callers, (headers) =>
        server.api.send('DELETE', POLICY, undefined, headers),
      );
      expect(answers).toEqual({ ...EDITORS, admin: 204, superuser: 204 });
    });

    it('only a moment after they showed who they are', async () => {
      server.clock.advance(15 * MINUTE + 1);
      expect(outcome(await edit({ minLength: 2 }))).toEqual(problem(403, 'reauthentication-required'));
      expect(outcome(await remove())).toEqual(problem(403, 'reauthentication-required'));
      expect((await get()).body).toEqual(FIRST);
    });
  });
});
