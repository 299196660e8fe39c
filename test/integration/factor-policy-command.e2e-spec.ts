import { randomBytes } from 'node:crypto';
import { runCommand } from '../support/command-line.js';
import { makePerson } from '../support/declared-people.js';
import { startTestGatehouse, testEnvironment, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

/** The way back for a superuser whom the policy has shut out. */
describe('gatehouse factor-policy', () => {
  const SECRET_KEY = randomBytes(32).toString('base64');
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
  });
  afterAll(() => server.stop());

  const command = (...words: string[]) =>
    runCommand(
      { ...testEnvironment(server.dataDir, server.database.url), SECRET_KEY },
      'factor-policy',
      ...words,
    );
  const done = (out: string) => ({ code: 0, out: `${out}\n`, err: '' });

  it('tells and decides it, for the next sign-in at a running server', async () => {
    const root = await makePerson(server, {
      email: 'root@example.com',
      level: 'superuser',
      emailVerified: false,
    });
    const open = async () => (await new SignInBrowser(server, root).open()).status;
    expect(await command('show')).toEqual(done('none'));
    expect(await command('set', 'superuser')).toEqual(done('superuser'));
    expect(await command('show', '--json')).toEqual(done('{"requiredFrom":"superuser"}'));
    expect(await open()).toBe(401);
    expect(await command('set', 'none', '--json')).toEqual(done('{"requiredFrom":null}'));
    expect(await open()).toBe(201);
    const told = await queryDatabase(
      server.database,
      `SELECT actor_kind, object_id FROM audit_events WHERE kind = 'policy.changed'`,
    );
    expect(told).toEqual([1, 2].map(() => ({ actor_kind: 'system', object_id: 'second-factor' })));
  }, 120_000);

  it.each([['set'], ['set', 'blocked'], ['set', 'admin', 'more'], ['show', 'more']])(
    'takes no %j %j %j',
    async (...words) => {
      const { code, out, err } = await command(...words);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('use: gatehouse factor-policy');
    },
    60_000,
  );
});
