import { DAY, HOUR, SECOND } from '../../src/common/clock.js';
import {
  KEY_REFUSED,
  KEYS,
  makeKey,
  makeSignedIn,
  meBy,
  problem,
  type MadeKey,
  type SignedIn,
} from '../support/api-keys.js';
import { bearer, outcome } from '../support/api.js';
import { signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

/** A key gets another secret without those who use it standing before a closed door. */
describe('POST /v1/api-keys/:id/rotate', () => {
  let server: TestGatehouse;
  let ann: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ann = await makeSignedIn(server, { email: 'ann@example.org' });
  });
  afterAll(() => server.stop());
  // A sign-in counts as fresh for 15 minutes only, and these tests move the clock by days.
  beforeEach(async () => {
    ann = { ...ann, token: await signIn(server, ann) };
  });

  const rotate = (id: string, body?: unknown) =>
    server.api.post(`${KEYS}/${id}/rotate`, body, bearer(ann.token));
  const statusOf = async ({ secret }: Pick<MadeKey, 'secret'>) => (await meBy(server, secret)).status;
  const listed = async (id: string) => {
    const { items } = (await server.api.get(`${KEYS}?limit=100`, bearer(ann.token))).body;
    return (items as { id: string }[]).find((item) => item.id === id);
  };

  it('answers the key as it was with its new secret, this once', async () => {
    const { secret, ...before } = await makeKey(server, ann, { name: 'kept', networks: ['127.0.0.1'] });
    const answer = await rotate(before.id);
    const fresh = answer.body.secret as string;
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(fresh).toMatch(/^ghk_[0-9a-f]{48}$/);
    expect(fresh).not.toBe(secret);
    const view = { ...before, hint: fresh.slice(-4) };
    expect(outcome(answer)).toEqual({ status: 200, body: { ...view, secret: fresh } });
    expect(await listed(before.id)).toEqual(view);
  });

  it.each([
    ['no body', undefined],
    ['no overlap', { overlapSeconds: 0 }],
  ])('with %s ends the old secret at once', async (_what, body) => {
    const old = await makeKey(server, ann);
    expect(await statusOf(old)).toBe(200);
    const fresh = (await rotate(old.id, body)).body as MadeKey;
    expect(outcome(await meBy(server, old.secret))).toEqual(KEY_REFUSED);
    expect(await statusOf(fresh)).toBe(200);
  });

  it('lets both secrets count until the overlap is over', async () => {
    const old = await makeKey(server, ann);
    const fresh = (await rotate(old.id, { overlapSeconds: 3_600 })).body as MadeKey;
    server.clock.advance(HOUR - 10 * SECOND);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
    // The copies of both that the checks above left behind live longer than the old one may count.
    server.clock.advance(10 * SECOND);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 200]);
  });

  it('never lets an old secret count for longer than it was given', async () => {
    const [one, month] = [await makeKey(server, ann), 30 * 86_400];
    const two = (await rotate(one.id, { overlapSeconds: 60 })).body as MadeKey;
    const three = (await rotate(one.id, { overlapSeconds: month })).body as MadeKey;
    const all = async () => [await statusOf(one), await statusOf(two), await statusOf(three)];
    expect(await all()).toEqual([200, 200, 200]);
    server.clock.advance(60 * SECOND);
    expect(await all()).toEqual([401, 200, 200]);
    server.clock.advance(30 * DAY);
    expect(await all()).toEqual([401, 401, 200]);
  });

  it('ends an overlap when it is called again without one', async () => {
    const one = await makeKey(server, ann);
    const two = (await rotate(one.id, { overlapSeconds: 3_600 })).body as MadeKey;
    const three = (await rotate(one.id)).body as MadeKey;
    expect([await statusOf(one), await statusOf(two), await statusOf(three)]).toEqual([401, 401, 200]);
  });

  it('leaves the end of the key where it was', async () => {
    const expiresAt = new Date(server.clock.now() + HOUR).toISOString();
    const old = await makeKey(server, ann, { expiresAt });
    const fresh = (await rotate(old.id, { overlapSeconds: 7_200 })).body as MadeKey;
    expect(fresh['expiresAt']).toBe(expiresAt);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
    server.clock.advance(HOUR);
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 401]);
  });

  it('takes a chosen secret, and gives up the former for choosing', async () => {
    const [first, second] = ['chosen-at-the-first', 'chosen-at-the-second'];
    const { id } = await makeKey(server, ann, { secret: first });
    expect((await rotate(id, { secret: second })).body).toMatchObject({ id, hint: '', secret: second });
    expect([await statusOf({ secret: first }), await statusOf({ secret: second })]).toEqual([401, 200]);
    await makeKey(server, ann, { name: 'another', secret: first });
    expect(await statusOf({ secret: first })).toBe(200);
  });

  it('keeps a former secret from being chosen while it still counts', async () => {
    const secret = 'counts-for-an-hour';
    const { id } = await makeKey(server, ann, { secret });
    await rotate(id, { overlapSeconds: 3_600 });
    const again = () => server.api.post(KEYS, { name: 'again', secret }, bearer(ann.token));
    expect(outcome(await again())).toEqual(problem(400, 'api-key-secret-refused', { fault: 'taken' }));
    expect(await statusOf({ secret })).toBe(200);
  });

  it.each([-1, 30 * 86_400 + 1, 1.5, '60', true])('refuses an overlap of %p', async (overlapSeconds) => {
    const key = await makeKey(server, ann);
    const answer = await rotate(key.id, { overlapSeconds });
    const { errors } = answer.body as { errors: { path: string }[] };
    expect(new Set(errors.map(({ path }) => path))).toEqual(new Set(['overlapSeconds']));
    expect(outcome(answer)).toEqual(problem(400, 'invalid-body', { errors }));
    expect(await statusOf(key)).toBe(200);
  });

  it('is revoked with all of its secrets', async () => {
    const old = await makeKey(server, ann);
    const fresh = (await rotate(old.id, { overlapSeconds: 3_600 })).body as MadeKey;
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([200, 200]);
    await server.api.send('DELETE', `${KEYS}/${old.id}`, undefined, bearer(ann.token));
    expect([await statusOf(old), await statusOf(fresh)]).toEqual([401, 401]);
  });

  it('of two calls at once leaves one secret that counts', async () => {
    const { id } = await makeKey(server, ann);
    const answers = await Promise.all([rotate(id), rotate(id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const statuses = await Promise.all(answers.map(({ body }) => statusOf(body as MadeKey)));
    expect(statuses.sort()).toEqual([200, 401]);
  });
});
