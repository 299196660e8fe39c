import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { MINUTE, SECOND } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { SecondFactor } from '../../src/factors/second-factor.service.js';
import { makeGuarded, type Guarded } from '../support/authenticator.js';
import { outcome } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const COMPLETE = '/api/v1.1/auth/two-factor/login/';

/** RFC 6238 5.2 and RFC 4226 7.3: six digits are worth something only while nobody can try many. */
describe('guessing a second factor', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const newcomer = () => makeGuarded(server, { email: `person-${++count}@example.com` });
  const open = ({ email, password }: Guarded, otp: string) =>
    server.api.post('/v1/sessions', { identifier: email, password, otp });
  const guess = async (person: Guarded, times: number) => {
    const statuses: number[] = [];
    for (let time = 0; time < times; time += 1) {
      statuses.push((await open(person, person.app.wrongCode())).status);
    }
    return statuses;
  };

  it('locks the factor after five, for longer each time; the right code is refused too', async () => {
    const ada = await newcomer();
    expect(await guess(ada, 5)).toEqual([401, 401, 401, 401, 401]);
    for (const minutes of [1, 5, 15, 60, 60]) {
      const refused = await open(ada, ada.app.code());
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(minutes * 60 - 30);
      server.clock.advance(minutes * MINUTE - 30 * SECOND);
      expect((await open(ada, ada.recoveryCodes[0]!)).status).toBe(429);
      server.clock.advance(30 * SECOND);
      expect(await guess(ada, 1)).toEqual([401]);
    }
    server.clock.advance(60 * MINUTE);
    expect((await open(ada, ada.app.code())).status).toBe(201);
    expect(await guess(ada, 4)).toEqual([401, 401, 401, 401]);
    expect((await open(ada, ada.app.freshCode())).status).toBe(201);
  });

  it('is counted with the user, whichever door, and is told in each door’s own words', async () => {
    const ada = await newcomer();
    const login = { email: ada.email, password: ada.password };
    const { token } = (await server.api.post('/api/v1.1/auth/login/', login)).body as { token: string };
    const complete = (verification_code: string) =>
      server.api.post(COMPLETE, { email: ada.email, token, verification_code });
    expect((await complete(ada.app.wrongCode())).status).toBe(401);
    expect((await complete('no code at all')).status).toBe(401);
    expect((await complete('0000-0000-0000-0000')).status).toBe(401);
    expect(await guess(ada, 2)).toEqual([401, 401]);
    const refused = await complete(ada.app.code());
    expect(outcome(refused)).toEqual({
      status: 429,
      body: {
        detail: expect.stringMatching(/^Request was throttled\. Expected available in \d+ seconds\.$/),
      },
    });
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('shuts nobody out who does not come so far: a wrong password counts for nothing here', async () => {
    const ada = await newcomer();
    for (let time = 0; time < 6; time += 1) {
      const wrong = { ...ada, password: 'wrong' };
      expect((await open(wrong, '123456')).status).toBe(401);
    }
    expect((await open(ada, ada.app.freshCode())).status).toBe(201);
  });

  it('takes five codes for one sign-in, also when the factor was opened meanwhile', async () => {
    const ada = await newcomer();
    const login = { email: ada.email, password: ada.password };
    const { token } = (await server.api.post('/api/v1.1/auth/login/', login)).body as { token: string };
    const complete = (verification_code: string) =>
      server.api.post(COMPLETE, { email: ada.email, token, verification_code });
    for (let time = 0; time < 5; time += 1) {
      expect((await complete(ada.app.wrongCode())).status).toBe(401);
      if (time === 3) expect((await open(ada, ada.app.freshCode())).status).toBe(201);
    }
    expect(outcome(await complete(ada.app.freshCode()))).toEqual({
      status: 401,
      body: { message: 'MFA temporary token expired', _errors: ['MFA_TEMP_TOKEN_EXPIRED'] },
    });
  });

  it('lets no more than five of many that come together be looked at', async () => {
    const ada = await newcomer();
    const codes = Array.from({ length: 30 }, () => ada.app.wrongCode());
    const answers = await Promise.all(codes.map((code) => open(ada, code)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('gives one session for a code that comes many times at once', async () => {
    for (const codeOf of [({ app }: Guarded) => app.freshCode(), (of: Guarded) => of.recoveryCodes[0]!]) {
      // Somebody else each time: the refused ones count as attempts.
      const ada = await newcomer();
      const code = codeOf(ada);
      const answers = await Promise.all(Array.from({ length: 4 }, () => open(ada, code)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401]);
      expect((await open(ada, code)).status).toBe(401);
    }
  });

  it('uses a code up once, however many found it right before', async () => {
    const ada = await newcomer();
    const [factor, unitOfWork] = [server.get(SecondFactor), server.get(UnitOfWork)];
    for (const code of [ada.app.freshCode(), ada.recoveryCodes[0]!]) {
      const proofs = await Promise.all([1, 2, 3].map(() => factor.check(ada.uid, code)));
      const spent = await Promise.allSettled(
        proofs.map((proof) => unitOfWork.run((tx) => factor.spend(tx, SYSTEM_ACTOR, proof))),
      );
      expect(spent.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    }
  });

  it('gives one session for a temporary token that comes twice at once', async () => {
    const ada = await newcomer();
    const login = { email: ada.email, password: ada.password };
    const { token } = (await server.api.post('/api/v1.1/auth/login/', login)).body as { token: string };
    const codes = [ada.app.freshCode(), ...ada.recoveryCodes.slice(0, 2)];
    const answers = await Promise.all(
      codes.map((verification_code) =>
        server.api.post(COMPLETE, { email: ada.email, token, verification_code }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });
});
