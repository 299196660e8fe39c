import { KEYS, KEY_REFUSED, makeKey, makeSignedIn, meBy, type SignedIn } from '../support/api-keys.js';
import { bearer, outcome } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

describe('faults of permanent keys', () => {
  let server: TestGatehouse;
  let ann: SignedIn;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
    ann = await makeSignedIn(server, { email: 'ann@example.org' });
  });
  afterAll(() => server.stop());

  const create = (body: object) => server.api.post(KEYS, { name: 'key', ...body }, bearer(ann.token));
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('takes an end of null, as it is shown, for none', async () => {
    expect(await create({ expiresAt: null })).toMatchObject({ status: 201, body: { expiresAt: null } });
  });

  it.each(['2099-W01-1T10:00:00Z', '2099-001T10:00:00Z', '20990101T100000Z', '2099-01-01T10Z'])(
    'answers an end of %s with 4xx, or makes a key that ends then',
    async (expiresAt) => {
      expect((await create({ expiresAt })).status).toBeLessThan(500);
    },
  );

  it('keeps what a body says out of the log, however it is refused', async () => {
    await create({ name: 'a name of a body', expiresAt: '2099-W01-1T10:00:00Z' });
    expect(server.log()).not.toContain('a name of a body');
  });

  it('gives an expired key no further secret', async () => {
    const expiresAt = new Date(server.clock.now() + 1_000).toISOString();
    const { id } = await makeKey(server, ann, { expiresAt });
    server.clock.advance(1_000);
    const answer = await server.api.post(`${KEYS}/${id}/rotate`, {}, bearer(ann.token));
    expect(answer.status).not.toBe(200);
  });

  it('tells a limited address nothing of a key that is in use elsewhere', async () => {
    const { secret } = await makeKey(server, ann, { secret: 'a-weak-chosen-key' });
    for (let tried = 0; tried < 60; tried += 1) {
      expect(outcome(await meBy(server, `wrong-chosen-key-${tried}`, from('198.51.100.1')))).toEqual(
        KEY_REFUSED,
      );
    }
    expect((await meBy(server, secret, from('198.51.100.1'))).status).toBe(429);
    expect((await meBy(server, secret, from('203.0.113.1'))).status).toBe(200);
    expect((await meBy(server, secret, from('198.51.100.1'))).status).toBe(429);
  });
});
