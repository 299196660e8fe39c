import { randomBytes } from 'node:crypto';
import { dumpDatabase } from '../support/database-dump.js';
import { startTestGatehouse, testEnvironment, type TestGatehouse } from '../support/gatehouse.js';
import { KnownSecrets } from '../support/known-secrets.js';
import { mailedCode, makeMailGuarded, wrongCodeFor } from '../support/mailed-codes.js';
import { GatehouseProcess, killProcesses } from '../support/process.js';
import { SignInBrowser } from '../support/sign-in-browser.js';

/** Mailed codes and the cookies of trusted devices at rest, in the log, and over several nodes. */
describe('secrets of codes by e-mail and trusted devices', () => {
  const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY: older, LOG_LEVEL: 'trace' });
  });
  afterAll(async () => {
    await killProcesses();
    await server.stop();
  });

  /** The same Gatehouse, as another process on its database answers. */
  const startNode = async (environment: Record<string, string>): Promise<TestGatehouse> => {
    const node = new GatehouseProcess({
      ...testEnvironment(server.dataDir, server.database.url),
      ...environment,
    });
    return { ...server, api: await node.ready() };
  };
  /** The same browser in front of another node. */
  const moved = (node: TestGatehouse, person: { email: string; password: string }, browser: SignInBrowser) =>
    new SignInBrowser(node, person).plant('pending_sign_in', browser.cookie('pending_sign_in'));

  it('are good at every node, also under a newer SECRET_KEY, and attempts are counted with them', async () => {
    const node = await startNode({ SECRET_KEY: '', SECRET_KEYS: `${newer},${older}` });
    const ada = await makeMailGuarded(server, { email: 'nodes@example.com' });
    const browser = new SignInBrowser(server, ada);
    await browser.open();
    const code = await mailedCode(server, ada.email);
    const other = moved(node, ada, browser);
    expect((await other.open({ otp: wrongCodeFor(code) })).body.code).toBe('wrong-factor-code');
    expect((await other.open({ otp: code, trustDevice: true })).status).toBe(201);
    browser.plant('trusted_device', other.cookie('trusted_device'));
    expect((await browser.open()).status).toBe(201);
    const eve = await makeMailGuarded(server, { email: 'guessed@example.com' });
    const guessed = new SignInBrowser(server, eve);
    await guessed.open();
    const right = await mailedCode(server, eve.email);
    const there = moved(node, eve, guessed);
    for (const at of [guessed, there, guessed, there, guessed]) {
      expect((await at.open({ otp: wrongCodeFor(right) })).body.code).toBe('wrong-factor-code');
    }
    for (const at of [guessed, there]) {
      expect((await at.open({ otp: right })).body.code).toBe('pending-sign-in-expired');
    }
  }, 60_000);

  // The last one: reading SQLite's file as bytes lets go of its locks, which another process would notice.
  it('stand nowhere in the database, nor in the log, whatever is done with them', async () => {
    const known = new KnownSecrets();
    const ada = await makeMailGuarded(server, { email: 'ada@example.com' });
    const browser = new SignInBrowser(server, ada);
    await browser.open();
    const code = known.note('code', await mailedCode(server, ada.email));
    known.note('pending sign-in', browser.cookie('pending_sign_in'));
    known.note('mistyped code', wrongCodeFor(code));
    await browser.open({ otp: wrongCodeFor(code) });
    await browser.open({ otp: code, trustDevice: true });
    known.note('trusted device', browser.cookie('trusted_device'));
    known.note('session', browser.cookie('session'));
    const { email, password } = ada;
    const login = await server.api.post('/api/v1.1/auth/login/', { email, password });
    known.note('temporary token', login.body.token);
    expect((await browser.open()).status).toBe(201);
    for (const place of [await dumpDatabase(server.database), server.log()]) {
      expect(known.tracesIn(place)).toEqual([]);
    }
    expect(server.log()).toContain('/v1/sessions');
  });
});
