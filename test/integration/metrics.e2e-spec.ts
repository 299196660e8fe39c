import { once } from 'node:events';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { SignIn } from '../../src/auth/sign-in.service.js';
import { jest } from '@jest/globals';
import { TestApi } from '../support/api.js';
import { makePerson, PASSWORD } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { freePort } from '../support/process.js';
import { askToken, basic, TOKEN, tokenBody } from '../surfaces/gemini/requests.js';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';
const GRANTS = /^gatehouse_password_grants_total.*$/gm;

describe('/metrics', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  /** The status that a caller gets who says another Host, which fetch does not let him. */
  async function statusFor(host: string): Promise<number | undefined> {
    const sent = request(`${server.api.address}/metrics`, { headers: { host } }).end();
    const [answer] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
    answer.resume();
    return answer.statusCode;
  }

  it('tells a program on this machine of the process', async () => {
    const answer = await server.api.get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(TEXT);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatch(/^process_resident_memory_bytes \d+$/m);
    const read = async (name: string) => {
      const { body } = await server.api.get('/metrics');
      return Number(new RegExp(`^${name} ([\\d.]+)$`, 'm').exec(body as string)?.[1]);
    };
    for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_active_seconds_total']) {
      const before = await read(name);
      expect(before).toBeGreaterThan(0);
      expect(await read(name)).toBeGreaterThan(before);
    }
  });

  it('is not there for who comes by a proxy, whoever he says that he is', async () => {
    const missing = await server.api.get('/nothing');
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-forwarded-proto']) {
      const answer = await server.api.get('/metrics', { [name]: '127.0.0.1' });
      expect(answer).toMatchObject({ status: 404, body: { status: missing.status } });
    }
    expect(await statusFor('localhost:3000')).toBe(200);
    for (const host of ['id.gatehouse.test', 'localhost.evil.example'])
      expect(await statusFor(host)).toBe(404);
  });

  it('is not there for another machine', async () => {
    const outward = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal);
    if (!outward) return;
    const open = await startTestGatehouse({ HOST: '0.0.0.0' });
    try {
      const { port } = new URL(open.gatehouse.address);
      const local = new TestApi(`http://127.0.0.1:${port}`);
      expect((await local.get('/metrics')).status).toBe(200);
      const remote = new TestApi(`http://${outward.address}:${port}`);
      expect((await remote.get('/health/live')).status).toBe(200);
      expect((await remote.get('/metrics')).status).toBe(404);
    } finally {
      await open.stop();
    }
  });

  describe('gatehouse_password_grants_total', () => {
    const grants = async () => ((await server.api.get('/metrics')).body as string).match(GRANTS) ?? [];

    it('counts by client and outcome who has shown that he is one, and nobody else', async () => {
      const secret = 'second-app-secret-0123456789';
      await declareClient(server, { name: 'second-app', secrets: [secret], grants: [] });
      const { email } = await makePerson(server, { email: 'ada@example.com' });
      await askToken(server, email);
      await askToken(server, email);
      await askToken(server, email, { password: 'wrong' });
      await askToken(server, email, { scope: 'admin' });
      await server.api.post(TOKEN, { grant_type: 'password' }, basic());
      await askToken(server, email, {}, basic('second-app', secret));
      // None of these is one: a stranger, a client with a wrong secret, another grant.
      await server.api.post(TOKEN, tokenBody(email));
      await askToken(server, email, {}, basic('stranger', 'x'));
      await askToken(server, email, {}, basic('city-app', 'wrong-secret-0123456789'));
      await askToken(server, email, { grant_type: 'refresh_token' });
      expect((await grants()).sort()).toEqual([
        'gatehouse_password_grants_total{client="city-app",outcome="granted"} 2',
        'gatehouse_password_grants_total{client="city-app",outcome="refused"} 3',
        'gatehouse_password_grants_total{client="second-app",outcome="refused"} 1',
      ]);
      expect((await server.api.get('/metrics')).body).not.toMatch(/ada@|stranger|secret/);
    });

    it('takes a fault of ours for neither outcome', async () => {
      const before = await grants();
      jest.spyOn(server.get(SignIn), 'signIn').mockRejectedValueOnce(new Error('broken'));
      expect((await askToken(server, 'ada@example.com', { password: PASSWORD })).status).toBe(500);
      expect(await grants()).toEqual(before);
    });
  });

  it('is on METRICS_PORT alone where that is set, until the process stops', async () => {
    const port = await freePort();
    const apart = await startTestGatehouse({ METRICS_PORT: String(port) });
    const metrics = new TestApi(`http://127.0.0.1:${port}`);
    try {
      const answer = await metrics.get('/metrics', { 'x-forwarded-for': '192.0.2.1' });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe(TEXT);
      expect(answer.body).toMatch(/^process_resident_memory_bytes \d+$/m);
      expect(await metrics.send('HEAD', '/metrics', undefined)).toMatchObject({ status: 200, body: '' });
      expect((await metrics.get('/metrics?x=1')).status).toBe(200);
      expect((await metrics.post('/metrics')).status).toBe(405);
      for (const path of ['/', '/v1/me', '/metrics/x']) expect((await metrics.get(path)).status).toBe(404);
      expect((await apart.api.get('/metrics')).status).toBe(404);
    } finally {
      await apart.stop();
    }
    await expect(metrics.get('/metrics')).rejects.toThrow();
  });
});
