import {
  KEY_REFUSED,
  keyHeader,
  makeKey,
  makeSignedIn,
  meBy,
  problem,
  type SignedIn,
} from '../support/api-keys.js';
import { bearer, outcome } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

/** A permanent key as it is shown at the native API. */
describe('X-AUTH-TOKEN', () => {
  let server: TestGatehouse;
  let ann: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ann = await makeSignedIn(server, { email: 'ann@example.org' });
  });
  afterAll(() => server.stop());

  it('opens the native API as its owner', async () => {
    const { secret } = await makeKey(server, ann);
    const own = await server.api.get('/v1/me', bearer(ann.token));
    expect(outcome(await meBy(server, secret))).toEqual({ status: 200, body: own.body as unknown });
    expect(outcome(await server.api.get('/v1/users', keyHeader(secret)))).toEqual(
      problem(403, 'insufficient-rights'),
    );
  });

  it('opens what a manager may see with a key of a manager', async () => {
    const manager = await makeSignedIn(server, { email: 'manager@example.org', level: 'manager' });
    const { secret } = await makeKey(server, manager);
    const answer = await server.api.get('/v1/users?q=manager@', keyHeader(secret));
    expect(answer.body).toMatchObject({ items: [{ id: manager.uid }], nextCursor: null });
  });

  it.each([
    ['unknown', 'nobody-has-this-one'],
    ['cut', 'ghk_'],
    ['made up', `ghk_${'0'.repeat(48)}`],
  ])('tells nothing of a key that is %s', async (_what, secret) => {
    const answer = await meBy(server, secret);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(outcome(answer)).toEqual(KEY_REFUSED);
  });

  it('takes an empty header for none', async () => {
    expect(outcome(await meBy(server, ''))).toEqual(problem(401, 'credential-missing'));
    expect((await meBy(server, '', bearer(ann.token))).status).toBe(200);
  });

  it('is not asked for where a bearer token is shown, good or bad', async () => {
    const { secret } = await makeKey(server, ann);
    const other = await makeSignedIn(server, { email: 'other@example.org' });
    expect((await meBy(server, secret, bearer(other.token))).body.id).toBe(other.uid);
    expect((await meBy(server, 'nobody-has-this-one', bearer(other.token))).status).toBe(200);
    expect((await meBy(server, secret, bearer('0'.repeat(40)))).status).toBe(401);
  });
});
