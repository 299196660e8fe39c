import { HOUR, MINUTE, SECOND } from '../../../src/common/clock.js';
import { outcome, tokenHeader, type Answer } from '../../support/api.js';
import { mailsWrittenTo, makePerson, signIn } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { CHANGE, DIFFERENT, LOGIN, ME, REGISTER, RESET, twice } from './bodies.js';

describe('limits of document 004 (RATE_LIMITS=on)', () => {
  let server: TestGatehouse;
  let addresses = 0;
  /** A client of its own: each address has its own counters. */
  const client = () => ({ 'x-forwarded-for': `198.51.${Math.floor(++addresses / 250)}.${addresses % 250}` });

  beforeAll(async () => {
    server = await startTestGatehouse({
      RATE_LIMITS: 'on',
      TRUST_PROXY: '1',
      AUTH_CONFIRM_EMAIL_ENABLE: 'true',
    });
  });
  afterAll(() => server.stop());

  function expectThrottled(answer: Answer): void {
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(3_600);
    const unit = seconds === 1 ? 'second' : 'seconds';
    expect(outcome(answer)).toEqual({
      status: 429,
      body: { detail: `Request was throttled. Expected available in ${seconds} ${unit}.` },
    });
  }

  it.each([
    ['POST', REGISTER],
    ['POST', RESET],
    ['POST', CHANGE],
    ['PATCH', ME],
  ])(
    'answers the 61st %s %s of an address within a minute with 429, whatever it says',
    async (method, path) => {
      const headers = client();
      for (let sent = 0; sent < 60; sent += 20) {
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => server.api.send(method, path, {}, headers)),
        );
        for (const answer of answers) expect(answer.status).not.toBe(429);
      }
      expectThrottled(await server.api.send(method, path, {}, headers));
      expect((await server.api.send(method, path, {}, client())).status).not.toBe(429);
    },
  );

  it('answers the 61st opening of a mailed page with a page', async () => {
    const headers = client();
    await Promise.all(Array.from({ length: 60 }, () => server.api.get('/c/confirm-user-email/x', headers)));
    const answer = await server.api.get('/c/confirm-user-email/x', headers);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('does not limit account/me by GET', async () => {
    const person = await makePerson(server, { email: 'reader@example.com' });
    const headers = { ...tokenHeader(await signIn(server, person, client())), ...client() };
    const answers = await Promise.all(Array.from({ length: 100 }, () => server.api.get(ME, headers)));
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
  });

  it('answers sign-in after ten failures with 429', async () => {
    const headers = client();
    const attempt = { email: 'nobody@example.com', password: DIFFERENT };
    for (let failures = 0; failures < 10; failures += 1) {
      expect((await server.api.post(LOGIN, attempt, headers)).status).toBe(401);
    }
    expectThrottled(await server.api.post(LOGIN, attempt, headers));
    server.clock.advance(MINUTE);
    expect((await server.api.post(LOGIN, attempt, headers)).status).toBe(401);
  });

  it('counts what cannot be read as no failure', async () => {
    const headers = client();
    for (let sent = 0; sent < 40; sent += 1) {
      expect((await server.api.post(LOGIN, { email: 'x' }, headers)).status).toBe(400);
    }
  });

  it('mails no more than five reset links an hour to one address', async () => {
    const person = await makePerson(server, { email: 'flooded@example.com' });
    for (let asked = 0; asked < 8; asked += 1) {
      expect((await server.api.post(RESET, { email: person.email }, client())).status).toBe(200);
      server.clock.advance(MINUTE + SECOND);
    }
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(5);
    server.clock.advance(HOUR);
    await server.api.post(RESET, { email: person.email }, client());
    expect(await mailsWrittenTo(server, person.email)).toHaveLength(6);
  });

  it('lets nobody flood an address by wanting it again and again', async () => {
    const person = await makePerson(server, { email: 'prankster@example.com' });
    const token = tokenHeader(await signIn(server, person, client()));
    for (let asked = 0; asked < 8; asked += 1) {
      const answer = await server.api.patch(ME, { email: 'victim@example.com' }, { ...token, ...client() });
      expect(answer.status).toBe(200);
      server.clock.advance(2 * MINUTE);
    }
    expect(await mailsWrittenTo(server, 'victim@example.com')).toHaveLength(5);
  });

  it('tells the owner of a taken address once an hour, however often it is tried', async () => {
    const person = await makePerson(server, { email: 'owner@example.com' });
    for (let asked = 0; asked < 3; asked += 1) {
      const answer = await server.api.post(REGISTER, { email: person.email, ...twice(DIFFERENT) }, client());
      expect(outcome(answer)).toEqual({ status: 200, body: '' });
    }
    expect(await mailsWrittenTo(server, person.email)).toEqual(['already-registered']);
  });
});
