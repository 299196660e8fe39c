import { SurfaceRegistry } from '../../src/http/surface-registry.js';
import type { Answer } from '../support/api.js';
import { cookieHeader, signInAt002 } from '../support/cookies.js';
import { makePerson } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { handlersOf } from '../support/routes.js';

const OURS = [PUBLIC_URL, 'https://web.example', 'https://app.example'];
const FOREIGN = ['https://evil.example', 'null', `${PUBLIC_URL}.evil.example`];

/** Contract 3.13: with credentials for our own origins, on document 002 and `/v1` only. */
describe('CORS', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({
      WEB_APP_URL: 'https://web.example',
      LINK_ORIGINS: 'https://app.example',
    });
  });
  afterAll(() => server.stop());

  const at = (path: string) => path.replace(/:\w+/g, '12345678');
  const preflight = (path: string, method: string, origin: string) =>
    server.api.send('OPTIONS', at(path), undefined, { origin, 'access-control-request-method': method });
  const corsOf = ({ headers }: Answer) => ({
    origin: headers.get('access-control-allow-origin'),
    credentials: headers.get('access-control-allow-credentials'),
  });
  const isCredentialed = (path: string) =>
    server.get(SurfaceRegistry).find(path).name === 'romeo' || /^\/v1(\/|$)/.test(path);

  /** Elsewhere some documents let every page read, none of them with credentials. */
  function isRight(path: string, origin: string, allowed: ReturnType<typeof corsOf>): boolean {
    const isOurs = OURS.includes(origin);
    if (isCredentialed(path)) {
      return allowed.origin === (isOurs ? origin : null) && allowed.credentials === (isOurs ? 'true' : null);
    }
    return allowed.credentials === null && (isOurs || allowed.origin === null || allowed.origin === '*');
  }

  it('is with credentials where it shall be and nowhere else, for every route', async () => {
    const handlers = handlersOf(server);
    const wrong: string[] = [];
    for (const { method, path } of handlers) {
      const origins = [...OURS, ...FOREIGN];
      const answers = await Promise.all(origins.map((origin) => preflight(path, method, origin)));
      for (const [index, origin] of origins.entries()) {
        const allowed = corsOf(answers[index]!);
        if (!isRight(path, origin, allowed)) {
          wrong.push(`${method} ${path} from ${origin}: ${JSON.stringify(allowed)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    const kinds = new Set(handlers.map(({ path }) => isCredentialed(path)));
    expect(kinds.size).toBe(2);
  });

  it('lists methods and headers in a preflight of ours, in none of a stranger’s', async () => {
    const ours = await preflight('/api/account/12345678', 'PATCH', OURS[1]!);
    expect(ours.status).toBe(204);
    expect(ours.headers.get('access-control-allow-methods')).toBe('GET, HEAD, PATCH');
    const headers = ours.headers.get('access-control-allow-headers')!.split(', ');
    expect(headers).toEqual(
      expect.arrayContaining(['Content-Type', 'Idempotency-Key', 'If-Match', 'If-None-Match']),
    );
    const foreign = await preflight('/api/account/12345678', 'PATCH', FOREIGN[0]!);
    expect(foreign.status).toBe(204);
    expect(foreign.headers.get('access-control-allow-methods')).toBeNull();
  });

  it('lets our pages read answers and refusals, and no other page', async () => {
    const person = await makePerson(server, { email: 'ada@example.com' });
    const cookie = cookieHeader(await signInAt002(server.api, person));
    for (const path of ['/api', '/api/account/1', '/api/nothing', '/v1/me', '/v1/nothing']) {
      for (const credential of [cookie, {}]) {
        for (const origin of OURS) {
          const answer = await server.api.get(path, { ...credential, origin });
          expect(corsOf(answer)).toEqual({ origin, credentials: 'true' });
          expect(answer.headers.get('vary')).toBe('Origin');
        }
        for (const origin of FOREIGN) {
          const answer = await server.api.get(path, { ...credential, origin });
          expect(corsOf(answer)).toEqual({ origin: null, credentials: null });
          expect(answer.headers.get('vary')).toBe('Origin');
        }
      }
    }
  });

  it('is not for pages, metrics and what is nobody’s', async () => {
    for (const path of ['/', '/assets/page.css', '/metrics', '/health/live', '/docs', '/nothing']) {
      const answer = await server.api.get(path, { origin: PUBLIC_URL });
      expect([path, corsOf(answer)]).toEqual([path, { origin: null, credentials: null }]);
    }
  });
});
