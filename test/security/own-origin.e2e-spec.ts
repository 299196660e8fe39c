import { SurfaceRegistry } from '../../src/http/surface-registry.js';
import { bearer, type Answer } from '../support/api.js';
import { cookieHeader, signInAt002, signInAtV1 } from '../support/cookies.js';
import { makePerson, signIn, type Person } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { handlersOf, type Handler } from '../support/routes.js';

const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE'];

const FOREIGN: readonly Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: `${PUBLIC_URL}.evil.example` },
  { origin: `${PUBLIC_URL}:8080` },
  { origin: PUBLIC_URL.replace('http:', 'https:') },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];

const OURS: readonly Record<string, string>[] = [
  { origin: PUBLIC_URL },
  { origin: 'https://web.example' },
  { origin: 'https://app.example' },
  { origin: 'https://app.example', 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
];

/** Contract 3.13, for whatever route there is. */
describe('an unsafe route', () => {
  let server: TestGatehouse;
  let admin: Person;
  let leavers = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({
      WEB_APP_URL: 'https://web.example',
      LINK_ORIGINS: 'https://app.example',
    });
    // Whose address is not confirmed asks for no codes by e-mail, and so goes on signing in.
    const fields = { type: 'admin', level: 'superuser', emailVerified: false } as const;
    admin = await makePerson(server, { email: 'root@example.com', ...fields });
  });
  afterAll(() => server.stop());

  /** The unsafe routes of the document of cookies, of the native API, or those that pages post to. */
  function routesOf(wanted: 'romeo' | 'native' | 'pages'): Handler[] {
    const registry = server.get(SurfaceRegistry);
    return handlersOf(server).filter(({ method, path }) => {
      const kind = path.startsWith('/c/') ? 'pages' : registry.find(path).name;
      return UNSAFE.includes(method) && kind === wanted;
    });
  }

  const ask = ({ method, path }: Handler, headers: Record<string, string>): Promise<Answer> => {
    const id = path.startsWith('/v1') ? '00000000-0000-7000-8000-000000000000' : '12345678';
    return server.api.send(method, path.replace(/:\w+/g, id), method === 'DELETE' ? undefined : {}, headers);
  };
  const told = ({ method, path }: Handler, headers: object, { status }: Answer) =>
    `${method} ${path} ${JSON.stringify(headers)}: ${status}`;
  const isRefused = ({ status, body }: Answer) =>
    status === 403 && /access_denied|foreign-origin/.test(JSON.stringify(body));

  const endsItsCaller = ({ method, path }: Handler) => method === 'DELETE' && path === '/v1/me';
  const somebody = () => makePerson(server, { email: `leaver-${++leavers}@example.com` });

  it('is among those that are looked at here', () => {
    const names = [...routesOf('romeo'), ...routesOf('native'), ...routesOf('pages')].map(
      ({ method, path }) => `${method} ${path}`,
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /api/login',
        'POST /api/register',
        'POST /api/logout',
        'PATCH /api/account/:id',
        'POST /v1/sessions',
        'POST /v1/sessions/passkey',
        'PATCH /v1/me',
        'DELETE /v1/sessions',
        'POST /c/confirm-user-email/:token',
      ]),
    );
  });

  it('of document 002 or of a page is closed to a foreign page, signed in or not', async () => {
    const answered: string[] = [];
    for (const route of [...routesOf('romeo'), ...routesOf('pages')]) {
      for (const foreign of FOREIGN) {
        for (const credential of [{}, cookieHeader(await signInAt002(server.api, admin))]) {
          const answer = await ask(route, { ...credential, ...foreign });
          const isClosed = route.path.startsWith('/c/') ? answer.status === 403 : isRefused(answer);
          if (!isClosed) answered.push(told(route, foreign, answer));
        }
      }
    }
    expect(answered).toEqual([]);
  });

  it('of the native API is closed to a foreign page that comes with a cookie, or could get one', async () => {
    const answered: string[] = [];
    const value = await signInAtV1(server.api, admin);
    for (const route of routesOf('native')) {
      for (const foreign of FOREIGN) {
        const answers = [await ask(route, { ...cookieHeader(value), ...foreign })];
        if (route.rule?.public) answers.push(await ask(route, foreign));
        const open = answers.filter((answer) => !isRefused(answer));
        answered.push(...open.map((answer) => told(route, foreign, answer)));
      }
    }
    expect(answered).toEqual([]);
    expect((await server.api.get('/v1/me', cookieHeader(value))).status).toBe(200);
  });

  it('of the native API takes a token from any page: no browser sends one by itself', async () => {
    const answer = await server.api.patch(
      '/v1/me',
      {},
      { ...bearer(await signIn(server, admin)), ...FOREIGN[0] },
    );
    expect(answer.status).toBe(200);
  });

  it.each(['romeo', 'native', 'pages'] as const)(
    'of %s answers our own pages as it does a program',
    async (kind) => {
      const differing: string[] = [];
      const signInAtIt = kind === 'native' ? signInAtV1 : signInAt002;
      const entered = async (route: Handler) =>
        cookieHeader(await signInAtIt(server.api, endsItsCaller(route) ? await somebody() : admin));
      for (const route of routesOf(kind)) {
        const plain = await ask(route, await entered(route));
        for (const ours of OURS) {
          const answer = await ask(route, { ...(await entered(route)), ...ours });
          if (answer.status !== plain.status) differing.push(told(route, ours, answer));
        }
      }
      expect(differing).toEqual([]);
    },
  );

  it('is judged by what is asked for: reading needs no origin', async () => {
    const headers = { ...cookieHeader(await signInAt002(server.api, admin)), ...FOREIGN[0] };
    expect((await server.api.get('/api', headers)).body).toMatchObject({ auth_status: 'logged_in' });
    expect((await server.api.get('/v1/me', headers)).status).toBe(200);
  });
});
