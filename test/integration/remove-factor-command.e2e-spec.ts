import { randomBytes } from 'node:crypto';
import { makeGuarded } from '../support/authenticator.js';
import { bearer } from '../support/api.js';
import { runCommand } from '../support/command-line.js';
import { signIn } from '../support/declared-people.js';
import { startTestGatehouse, testEnvironment, type TestGatehouse } from '../support/gatehouse.js';

/** The only help for a superuser who has lost his device: nobody stands above him. */
describe('gatehouse user remove-factor', () => {
  const SECRET_KEY = randomBytes(32).toString('base64');
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY });
  });
  afterAll(() => server.stop());

  const command = (...words: string[]) =>
    runCommand(
      { ...testEnvironment(server.dataDir, server.database.url), SECRET_KEY },
      'user',
      'remove-factor',
      ...words,
    );

  it('takes the factor away and ends the sessions, on the next request of a running server', async () => {
    const root = await makeGuarded(server, { email: 'root@example.com', type: 'admin', level: 'superuser' });
    expect(await command(root.email)).toEqual({
      code: 0,
      out: `${root.uid} has no second factor of his own any more; his sessions have ended\n`,
      err: '',
    });
    expect((await server.api.get('/v1/me', bearer(root.token))).status).toBe(401);
    const token = await signIn(server, root);
    expect((await server.api.get('/v1/me', bearer(token))).status).toBe(200);
    expect(await command(root.email)).toEqual({ code: 1, out: '', err: 'the user has no second factor\n' });
  }, 60_000);
});
