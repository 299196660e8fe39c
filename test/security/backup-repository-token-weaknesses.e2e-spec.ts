import { createHash } from 'node:crypto';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { DAY, SECOND } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Sessions } from '../../src/grants/sessions.service.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { findPerson, makePerson, signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { AUTH, login, refusedByMiddleware, REVOKED, whoami } from '../surfaces/backup-repository/sessions.js';

/**
 * The weaknesses of the project that document 001 comes from (reference note, section 6), as far as
 * its tokens and their sessions go.
 */
describe('weaknesses of document 001, in its tokens', () => {
  let server: TestGatehouse;
  let serial = 0;
  let name: string;
  let email: string;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await makePerson(server, { name: 'root', email: 'root@riseup.example', level: 'superuser' });
  });
  beforeEach(async () => {
    serial += 1;
    name = `user-${serial}`;
    email = `${name}@riseup.example`;
    await makePerson(server, { name, email });
  });
  afterAll(() => server.stop());

  describe('W5. a token ends in time, and with the password', () => {
    it('lives a day', async () => {
      const { token, expire } = await login(server, name);
      const lifetime = Date.parse(expire) - server.clock.now();
      expect(Math.abs(lifetime - DAY)).toBeLessThan(30 * SECOND);
      server.clock.advance(DAY + SECOND);
      expect(outcome(await whoami(server, token))).toEqual(refusedByMiddleware(401, 'Token is expired'));
    });

    it('is not refreshed, revoked or not', async () => {
      const { token } = await login(server, name);
      for (const method of ['GET', 'POST']) {
        const answer = await server.api.send(method, `${AUTH}/refresh_token`, undefined, bearer(token));
        expect(outcome(answer)).toEqual({ status: 404, body: '404 page not found' });
      }
    });

    it('counts no more after another password, whoever set it and wherever', async () => {
      const first = await login(server, name);
      await makePerson(server, { name, email, password: 'another horse 2' });
      expect(outcome(await whoami(server, first.token))).toEqual(REVOKED);

      const second = await login(server, name, 'another horse 2');
      const token = await signIn(server, { email, password: 'another horse 2' });
      const changed = await server.api.post(
        '/api/v1.1/auth/change-password/',
        { email, password1: 'a third horse 3', password2: 'a third horse 3' },
        tokenHeader(token),
      );
      expect(changed.status).toBe(200);
      expect(outcome(await whoami(server, second.token))).toEqual(REVOKED);
    });
  });

  describe('W13. any name stands in a token', () => {
    it.each(['???', '~~~', 'żółw?~', '用户???', 'user>>>', '👩‍🚀~~~'])('%s', async (unusual) => {
      await makePerson(server, { name: unusual, email: `unusual-${serial}@riseup.example` });
      const { token, sessionId } = await login(server, unusual);
      const [, payload = ''] = token.split('.');
      expect(payload).toMatch(/[-_]/);
      expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ login: unusual });
      const answer = await whoami(server, token);
      expect(answer).toMatchObject({
        status: 200,
        body: { data: { sessionId, grantedAccess: { user: unusual } } },
      });
      expect(
        (await server.api.get(`${AUTH}/user/${encodeURIComponent(unusual)}`, bearer(token))).status,
      ).toBe(200);
    });
  });

  describe('W14. every living session can be seen and ended', () => {
    it('however many there are, and however many have ended since', async () => {
      const oldest = await login(server, name);
      const { uid: userId } = await findPerson(server, email);
      const sessions = server.get(Sessions);
      const newer = { userId, epoch: 0, surface: 'backup-repository', description: 'Login' };
      const living = [oldest.sessionId];
      await server.get(UnitOfWork).run(async (tx) => {
        for (let made = 0; made < 202; made += 1) {
          const session = await sessions.open(tx, SYSTEM_ACTOR, newer);
          if (made < 101) await sessions.end(tx, SYSTEM_ACTOR, session!.grantId, 'logout');
          else living.push(createHash('sha256').update(session!.token).digest('hex'));
        }
      });

      const { token } = await login(server, 'root');
      const answer = await server.api.get(`${AUTH}/token?userName=${name}`, bearer(token));
      const listed = answer.body.data.grantedAccesses as { id: string; deactivated: boolean }[];
      const alive = listed.filter(({ deactivated }) => !deactivated).map(({ id }) => id);
      expect(listed.length).toBeGreaterThan(living.length);
      expect(alive.sort()).toEqual(living.sort());

      await server.api.get(`${AUTH}/logout?sessionId=${oldest.sessionId}`, bearer(token));
      expect(outcome(await whoami(server, oldest.token))).toEqual(REVOKED);
    });
  });

  describe('W15. signing in quickly works', () => {
    it('forty at once have forty sessions', async () => {
      const sessions = await Promise.all(Array.from({ length: 40 }, () => login(server, name)));
      expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(40);
      for (const { token } of sessions) expect((await whoami(server, token)).status).toBe(200);
    });
  });
});
