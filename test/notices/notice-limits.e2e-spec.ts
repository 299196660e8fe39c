import { HOUR, MINUTE } from '../../src/common/clock.js';
import { bearer, tokenHeader } from '../support/api.js';
import { enrol } from '../support/authenticator.js';
import { mailsWrittenTo, makePerson, signIn, type Person } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { AT_HOME, CHROME, firefox, from, toldOf } from './browsers.js';

/** Contract 3.12: five mails an hour per recipient and purpose; no kind uses up what another has. */
describe('notices are bounded', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ TRUST_PROXY: '1', RATE_LIMITS: 'on' });
  });
  afterAll(() => server.stop());

  async function regular(): Promise<Person & { token: string }> {
    const person = await makePerson(server, { email: `person-${(people += 1)}@example.com` });
    return { ...person, token: await signIn(server, person, AT_HOME) };
  }
  const street = (house: number) => from(`203.0.113.${house}`, firefox());

  it('to five an hour of a kind; a browser of which nobody was told stays unknown', async () => {
    const person = await regular();
    for (let house = 1; house <= 7; house++) await signIn(server, person, street(house));
    expect(await toldOf(server, person.email)).toBe(5);
    server.clock.advance(HOUR + MINUTE);
    await signIn(server, person, street(5));
    expect(await toldOf(server, person.email)).toBe(5);
    await signIn(server, person, street(7));
    expect(await toldOf(server, person.email)).toBe(6);
  });

  it('but whoever causes many of one kind hides none of another', async () => {
    const person = await regular();
    const headers = bearer(person.token);
    await enrol(server, headers);
    for (let time = 0; time < 7; time++) {
      const answer = await server.api.post('/v1/me/factors/recovery-codes', undefined, headers);
      expect(answer.status).toBe(201);
    }
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(1 + 5);
    const removed = await server.api.send('DELETE', '/v1/me/factors/totp', undefined, headers);
    expect(removed.status).toBe(204);
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(1 + 5 + 1);
    for (let house = 1; house <= 6; house++) await signIn(server, person, street(house));
    const passwords = { email: person.email, password1: 'another one 2', password2: 'another one 2' };
    const changed = await server.api.post('/api/v1.1/auth/change-password/', passwords, {
      ...tokenHeader(person.token),
      ...from('203.0.113.1', CHROME),
    });
    expect(changed.status).toBe(200);
    expect((await mailsWrittenTo(server, person.email)).at(-1)).toBe('password-changed');
  });
});
