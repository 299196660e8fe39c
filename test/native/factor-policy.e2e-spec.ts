import { MINUTE } from '../../src/common/clock.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { makePerson, signIn } from '../support/declared-people.js';
import { keyHeader } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

const POLICY = '/v1/factor-policy';

/** From which level on a second factor is a must: read by managers, decided by superusers. */
describe('/v1/factor-policy', () => {
  let server: TestGatehouse;
  let root: Record<string, string>;

  beforeAll(async () => {
    server = await startTestGatehouse();
    root = await headersOf('root@example.com', { level: 'superuser' });
  });
  afterAll(() => server.stop());

  const headersOf = async (email: string, fields: object) =>
    bearer(await signIn(server, await makePerson(server, { email, type: 'admin', ...fields })));
  const put = (requiredFrom: unknown, headers = root) =>
    server.api.send('PUT', POLICY, { requiredFrom }, headers);
  const present = async (headers = root) => outcome(await server.api.get(POLICY, headers));

  it('asks nobody at first, and what was decided from the next sign-in on', async () => {
    const manager = await makePerson(server, { email: 'manager@example.com', level: 'manager' });
    const before = await signIn(server, manager);
    expect(await present()).toEqual({ status: 200, body: { requiredFrom: null } });
    expect(outcome(await put('manager'))).toEqual({ status: 204, body: '' });
    expect(await present(bearer(before))).toEqual({ status: 200, body: { requiredFrom: 'manager' } });
    expect((await new SignInBrowser(server, manager).open()).body).toMatchObject({ methods: ['email'] });
    const member = await makePerson(server, { email: 'member@example.com' });
    expect((await new SignInBrowser(server, member).open()).status).toBe(201);
    expect((await put(null)).status).toBe(204);
    expect((await new SignInBrowser(server, manager).open()).status).toBe(201);
  });

  it.each([undefined, '', 'blocked', 'simpleuser', 4, ['admin'], { level: 'admin' }, true])(
    'knows no level %j',
    async (level) => {
      const answer = await put(level);
      expect(answer.status).toBe(400);
      expect(faultyFields(answer)).toEqual(['requiredFrom']);
      expect(await present()).toMatchObject({ body: { requiredFrom: null } });
    },
  );

  it('is for a superuser’s own fresh session to decide', async () => {
    const admin = await headersOf('admin@example.com', { level: 'admin' });
    const member = await headersOf('plain@example.com', { level: 'member' });
    const key = (await server.api.post('/v1/api-keys', { name: 'robot' }, root)).body.secret as string;
    expect((await present(admin)).status).toBe(200);
    expect((await present(member)).status).toBe(403);
    for (const headers of [admin, member, keyHeader(key)]) {
      expect((await put('admin', headers)).status).toBe(403);
    }
    expect((await put('admin', {})).status).toBe(401);
    const old = await headersOf('old@example.com', { level: 'superuser' });
    server.clock.advance(15 * MINUTE + 1);
    expect(await put('admin', old)).toMatchObject({
      status: 403,
      body: { code: 'reauthentication-required' },
    });
    expect(await present(old)).toMatchObject({ body: { requiredFrom: null } });
  });

  it('is not switched on by somebody whom it would shut out', async () => {
    const lonely = await headersOf('lonely@example.com', { level: 'superuser', emailVerified: false });
    for (const level of ['superuser', 'member']) {
      expect(await put(level, lonely)).toMatchObject({
        status: 409,
        body: { code: 'factor-policy-shuts-out' },
      });
    }
    expect(await present(lonely)).toMatchObject({ body: { requiredFrom: null } });
    expect((await put(null, lonely)).status).toBe(204);
  });

  it('is decided only as it was seen, of those who race by one', async () => {
    const fresh = await headersOf('fresh@example.com', { level: 'superuser' });
    const etag = (await server.api.get(POLICY, fresh)).headers.get('etag')!;
    const decide = (level: unknown) => put(level, { ...fresh, 'if-match': etag });
    const answers = await Promise.all(['superuser', 'admin', 'manager'].map(decide));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 412, 412]);
    expect((await decide(null)).status).toBe(412);
    expect((await put(null, fresh)).status).toBe(204);
    expect((await decide(null)).status).toBe(204);
  });
});
