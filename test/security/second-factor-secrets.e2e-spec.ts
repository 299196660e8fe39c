import { randomBytes } from 'node:crypto';
import { enrol, makeGuarded, type Guarded } from '../support/authenticator.js';
import { bearer, type TestApi } from '../support/api.js';
import { dumpDatabase } from '../support/database-dump.js';
import { makePerson, signIn } from '../support/declared-people.js';
import { startTestGatehouse, testEnvironment, type TestGatehouse } from '../support/gatehouse.js';
import { KnownSecrets } from '../support/known-secrets.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { queryDatabase } from '../support/raw-database.js';

/** The shared secrets, codes and temporary tokens at rest, in the log, and over several nodes. */
describe('secrets of a second factor', () => {
  const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY: older, LOG_LEVEL: 'trace' });
  });
  afterAll(async () => {
    await killProcesses();
    await server.stop();
  });

  /** Another process on the same database. */
  const startNode = (environment: Record<string, string>): Promise<TestApi> =>
    new GatehouseProcess({ ...testEnvironment(server.dataDir, server.database.url), ...environment }).ready();
  const open = (api: TestApi, { email, password }: Guarded, otp: string) =>
    api.post('/v1/sessions', { identifier: email, password, otp });

  it('open in their own row only, and move to a newer SECRET_KEY when they are used', async () => {
    const ada = await makeGuarded(server, { email: 'rotation@example.com' });
    const sealed = async () => {
      const rows = `SELECT secret FROM totp_factors WHERE user_id = '${ada.uid}'`;
      return String((await queryDatabase(server.database, rows))[0]?.['secret']);
    };
    const before = await sealed();
    const node = await startNode({ SECRET_KEY: '', SECRET_KEYS: `${newer},${older}` });
    expect((await open(node, ada, ada.app.code(1))).status).toBe(201);
    const after = await sealed();
    expect(after.split('.')[1]).not.toBe(before.split('.')[1]);
  });

  it('count attempts in the database: over nodes, and over a restart', async () => {
    const ada = await makeGuarded(server, { email: 'nodes@example.com' });
    for (let times = 0; times < 3; times += 1) {
      expect((await open(server.api, ada, ada.app.wrongCode())).status).toBe(401);
    }
    const node = await startNode({ SECRET_KEY: older });
    for (let times = 0; times < 2; times += 1) {
      expect((await open(node, ada, ada.app.wrongCode())).status).toBe(401);
    }
    for (const api of [node, server.api]) expect((await open(api, ada, ada.app.code(1))).status).toBe(429);
  });

  it('are gone with the factor', async () => {
    const rowsOf = async (uid: string) =>
      (
        await queryDatabase(
          server.database,
          `SELECT user_id FROM totp_factors WHERE user_id = '${uid}'
           UNION ALL SELECT user_id FROM recovery_codes WHERE user_id = '${uid}'`,
        )
      ).length;
    const person = await makePerson(server, { email: 'gone@example.com' });
    const headers = bearer(await signIn(server, person));
    await enrol(server, headers);
    expect(await rowsOf(person.uid)).toBe(11);
    await server.api.send('DELETE', '/v1/me/factors/totp', undefined, headers);
    expect(await rowsOf(person.uid)).toBe(0);
  });

  // The last one: reading SQLite's file as bytes lets go of its locks, which another process would notice.
  it('stand nowhere in the database, nor in the log, whatever is done with them', async () => {
    const known = new KnownSecrets();
    const ada = await makeGuarded(server, { email: 'ada@example.com' });
    known.note('secret', ada.app.secret);
    ada.recoveryCodes.forEach((code, index) => {
      known.note(`code ${index}`, code);
      known.note(`code ${index} without dashes`, code.replaceAll('-', ''));
    });
    const person = await makePerson(server, { email: 'waits@example.com' });
    const waiting = bearer(await signIn(server, person));
    known.note(
      'waiting secret',
      (await server.api.post('/v1/me/factors/totp', undefined, waiting)).body.secret,
    );
    await server.api.post('/v1/me/factors/totp/confirm', { code: ada.app.code() }, waiting);
    const login = await server.api.post('/api/v1.1/auth/login/', {
      email: ada.email,
      password: ada.password,
    });
    const token = known.note('temporary token', login.body.token);
    const [code, other] = ada.recoveryCodes;
    const complete = { email: ada.email, token, verification_code: code };
    const answers = [
      await open(server.api, ada, 'mistyped-code-4711'),
      await server.api.post('/api/v1.1/auth/two-factor/login/', complete),
      await server.api.post('/api/v1.1/auth/two-factor/login/', complete),
      await server.api.post('/v1/sessions/current/confirm', { otp: other }, bearer(ada.token)),
    ];
    known.note('a mistyped code', 'mistyped-code-4711');
    expect(answers.map(({ status }) => status)).toEqual([401, 200, 401, 204]);
    known.note('token', answers[1]!.body.token);
    for (const place of [await dumpDatabase(server.database), server.log()]) {
      expect(known.tracesIn(place)).toEqual([]);
    }
    expect(server.log()).toContain('two-factor');
  });
});
