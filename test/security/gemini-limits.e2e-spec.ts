import { MINUTE } from '../../src/common/clock.js';
import { outcome, type Answer } from '../support/api.js';
import { makePerson, mailsWrittenTo, PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { askToken, askUser, basic, refusal } from '../surfaces/gemini/requests.js';

const LIMITED = refusal(429, 'temporarily_unavailable', 'Too many requests.');

/** With `RATE_LIMITS=on` (contract 3.12); each test comes from an address of its own. */
describe('limits at document 000', () => {
  let server: TestGatehouse;
  let addresses = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
    await declareClient(server);
  });
  afterAll(() => server.stop());

  const fromElsewhere = () => ({ 'x-forwarded-for': `192.0.2.${++addresses}` });
  const expectLimited = (answer: Answer) => {
    expect(outcome(answer)).toEqual(LIMITED);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  };

  it.each(['known', 'unknown'])('an %s user is not guessed: the 11th try in a minute is 429', async (who) => {
    const name = `${who}@example.com`;
    if (who === 'known') await makePerson(server, { email: name });
    const from = { ...basic(), ...fromElsewhere() };
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await askToken(server, name, { password: `wrong ${tries}` }, from)).status).toBe(400);
    }
    expectLimited(await askToken(server, name, { password: 'wrong' }, from));
    expectLimited(await askToken(server, name.toUpperCase(), { password: PASSWORD }, from));
    // The doors share the counter.
    const other = await server.api.post('/api/v1.1/auth/login/', { email: name, password: PASSWORD }, from);
    expect(other.status).toBe(429);
    server.clock.advance(10 * MINUTE);
    expect((await askToken(server, name, {}, from)).status).toBe(who === 'known' ? 201 : 400);
  });

  it('the secret of a client is not guessed: 60 tries a minute from an address', async () => {
    const from = { ...basic('city-app', 'wrong-secret-0123456789'), ...fromElsewhere() };
    for (let tries = 0; tries < 60; tries += 1) {
      expect((await askToken(server, 'x', {}, from)).status).toBe(401);
    }
    expectLimited(await askToken(server, 'x', {}, from));
    expect((await askToken(server, 'x', {}, { ...from, ...fromElsewhere() })).status).toBe(401);
  });

  it('registrations are 60 a minute from an address, and no flood of mail', async () => {
    const from = { ...basic(), ...fromElsewhere() };
    for (let tries = 0; tries < 60; tries += 1) {
      expect((await askUser(server, 'flooded@example.com', {}, from)).status).toBe(tries === 0 ? 201 : 400);
    }
    expectLimited(await askUser(server, 'fresh@example.com', {}, from));
    expect(await mailsWrittenTo(server, 'flooded@example.com')).toEqual([
      'confirm-email',
      'already-registered',
    ]);
    expect(await mailsWrittenTo(server, 'fresh@example.com')).toEqual([]);
  });
});
