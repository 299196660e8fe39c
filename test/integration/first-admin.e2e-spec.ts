import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FirstAdmin } from '../../src/accounts/first-admin.service.js';
import { DAY, HOUR, MINUTE } from '../../src/common/clock.js';
import type { Answer } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

const PASSWORD = 'the first administrator 1';
const EMAIL = 'admin@id.gatehouse.test';
const LINK =
  /^http:\/\/id\.gatehouse\.test\/#\/set-password\/([0-9a-f-]{36})\/admin%40id\.gatehouse\.test\/$/;

describe('the link of the first administrator', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  /** What a start does. */
  const start = () => server.get(FirstAdmin).ensure();
  const file = () => join(server.dataDir, 'first-admin.txt');
  const tokenOf = (link: string | null) => LINK.exec(link ?? '')?.[1] ?? 'no link';
  const redeem = (token: string, password = PASSWORD): Promise<Answer> =>
    server.api.post('/api/v1.1/auth/change-password/', {
      email: EMAIL,
      password1: password,
      password2: password,
      password_change_token: token,
    });

  it('is given once while it lives, and anew when it has died unused', async () => {
    const first = tokenOf(server.gatehouse.firstAdminLink);
    expect(first).toMatch(/^[0-9a-f]{8}-/);
    expect(await start()).toBeNull();
    server.clock.advance(DAY - MINUTE);
    expect(await start()).toBeNull();

    server.clock.advance(2 * MINUTE);
    expect(await redeem(first)).toMatchObject({ status: 400, body: { _errors: ['INVALID_TOKEN'] } });
    const second = await start();
    expect(tokenOf(second)).not.toBe(first);
    expect(readFileSync(file(), 'utf8').split('\n')[0]).toBe(second);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(await start()).toBeNull();
  });

  it('is given by one of many that look for it at the same time', async () => {
    server.clock.advance(DAY + HOUR);
    const links = await Promise.all(Array.from({ length: 8 }, start));
    const given = links.filter((link) => link !== null);
    expect(given).toHaveLength(1);
    expect(readFileSync(file(), 'utf8').split('\n')[0]).toBe(given[0]);
    expect(await queryDatabase(server.database, `SELECT id FROM users WHERE type = 'admin'`)).toHaveLength(1);
  });

  it('stays alive after a refused password, is used once, and takes its file along', async () => {
    server.clock.advance(DAY + HOUR);
    const token = tokenOf(await start());
    expect(await redeem(token, 'short')).toMatchObject({ status: 400 });
    expect(existsSync(file())).toBe(true);

    const answers = await Promise.all([redeem(token), redeem(token), redeem(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(existsSync(file())).toBe(false);
    const login = await server.api.post('/api/v1.1/auth/login/', { email: EMAIL, password: PASSWORD });
    expect(login).toMatchObject({ status: 200, body: { level: 'superuser' } });

    server.clock.advance(2 * DAY);
    expect(await start()).toBeNull();
    expect(server.log()).not.toContain(token);
  });
});
