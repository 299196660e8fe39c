import { KEYS, KEY_REFUSED, makeKey, makeSignedIn, meBy, type SignedIn } from '../support/api-keys.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

/** Guessing at keys, with `RATE_LIMITS=on`: a chosen secret may be weak, so an address has sixty tries. */
describe('limits of permanent keys', () => {
  let server: TestGatehouse;
  let ann: SignedIn;
  let guesses = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
    ann = await makeSignedIn(server, { email: 'ann@example.org' });
  });
  afterAll(() => server.stop());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const guess = (address: string) => meBy(server, `guessed-secret-${++guesses}`, from(address));
  const exhaust = async (address: string) => {
    for (let tried = 0; tried < 60; tried += 1) {
      expect(outcome(await guess(address))).toEqual(KEY_REFUSED);
    }
  };

  function expectLimited(answer: Answer): void {
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(answer).toMatchObject({ status: 429, body: { status: 429, code: 'rate-limited' } });
  }

  it('refuse an address its 61st wrong key within a minute, and a right one that it guessed', async () => {
    const secret = 'the-one-to-be-guessed';
    await makeKey(server, ann, { secret });
    await exhaust('198.51.100.1');
    expectLimited(await guess('198.51.100.1'));
    expectLimited(await meBy(server, secret, from('198.51.100.1')));
    expect((await meBy(server, secret, from('198.51.100.2'))).status).toBe(200);
  });

  it('count an IPv6 address by its network of 64 bits', async () => {
    await exhaust('2001:db8::1');
    expectLimited(await guess('2001:db8::ffff:2'));
    expect((await guess('2001:db8:0:1::1')).status).toBe(401);
  });

  it('count no key that counts, and none that a slip of the pen made of ours', async () => {
    const [made, chosen] = [
      await makeKey(server, ann),
      await makeKey(server, ann, { secret: 'used-by-a-job-of-hers' }),
    ].map(({ secret }) => secret);
    const address = from('198.51.100.3');
    for (let shown = 0; shown < 61; shown += 1) {
      for (const secret of [made!, chosen!]) expect((await meBy(server, secret, address)).status).toBe(200);
      expect((await meBy(server, `${made!.slice(0, -1)}!`, address)).status).toBe(401);
    }
    expect(outcome(await guess('198.51.100.3'))).toEqual(KEY_REFUSED);
  });

  it('let go on what we made, and what was in use a moment ago', async () => {
    const [made, used] = [
      await makeKey(server, ann),
      await makeKey(server, ann, { secret: 'in-use-at-this-place' }),
    ];
    const idle = await makeKey(server, ann, { secret: 'chosen-and-not-used' });
    expect((await meBy(server, used.secret, from('198.51.100.4'))).status).toBe(200);
    await exhaust('198.51.100.4');
    expect((await meBy(server, made.secret, from('198.51.100.4'))).status).toBe(200);
    expect((await meBy(server, used.secret, from('198.51.100.4'))).status).toBe(200);
    expectLimited(await meBy(server, idle.secret, from('198.51.100.4')));
    expect((await server.api.get('/v1/me', { ...bearer(ann.token), ...from('198.51.100.4') })).status).toBe(
      200,
    );
  });

  it.each(['POST', 'rotate'])('refuse an address its 61st %s within a minute', async (what) => {
    const address = from(`198.51.100.${what === 'POST' ? 6 : 7}`);
    const path = what === 'POST' ? KEYS : `${KEYS}/no-id/rotate`;
    const send = () => server.api.post(path, {}, { ...bearer(ann.token), ...address });
    const answers = await Promise.all(Array.from({ length: 60 }, send));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([what === 'POST' ? 400 : 404]));
    expectLimited(await send());
  });
});
