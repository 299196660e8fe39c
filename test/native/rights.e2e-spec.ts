import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { MASTER_KEY, NativeCallers, type Headers } from '../support/native-callers.js';
import { routesOf } from '../support/routes.js';
import { CALLERS, RIGHTS, type Caller } from './rights-table.js';

const NOBODY = '0190aaaa-0000-7000-8000-000000000000';

/** What a caller does here to himself would change what the next case shows: each has a new caller. */
const OF_ONESELF = new Set([
  'DELETE /v1/me',
  'DELETE /v1/sessions',
  'DELETE /v1/sessions/current',
  'PUT /v1/me/factors/email',
]);

/** Contract 3.2 and 5: each operation of the native API, asked for by everybody. */
describe('who may what at /v1', () => {
  let server: TestGatehouse;
  let callers: NativeCallers;
  let known: ReadonlyMap<Caller, Headers>;
  const stale = new Map<string, Headers>();

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER_KEY });
    callers = new NativeCallers(server);
    // The stale ones move the clock, so that whoever is made after them signed in a moment ago.
    for (const operation of OF_ONESELF) stale.set(operation, await callers.make('stale'));
    const made = new Map<Caller, Headers>([['stale', await callers.make('stale')]]);
    for (const caller of CALLERS) if (caller !== 'stale') made.set(caller, await callers.make(caller));
    known = made;
  }, 60_000);
  afterAll(() => server.stop());

  it('is said of every operation, and of none that there is not', () => {
    const operations = routesOf(server)
      .filter(({ method, path }) => path.startsWith('/v1/') && method !== 'HEAD')
      .map(({ method, path }) => `${method} ${path}`);
    expect(operations.length).toBeGreaterThan(50);
    expect(Object.keys(RIGHTS).sort()).toEqual(operations.sort());
  });

  it('names only callers that there are', () => {
    const named = Object.values(RIGHTS).flatMap((who) => who.split(' '));
    expect(named.filter((who) => !(CALLERS as readonly string[]).includes(who))).toEqual([]);
  });

  const headersOf = (operation: string, caller: Caller): Headers | Promise<Headers> => {
    if (!OF_ONESELF.has(operation)) return known.get(caller)!;
    return caller === 'stale' ? stale.get(operation)! : callers.make(caller);
  };

  describe.each(Object.entries(RIGHTS))('%s', (operation, who) => {
    const [method = '', route = ''] = operation.split(' ');
    const isOpenTo = (caller: Caller) => who.split(' ').includes(caller);

    it.each(CALLERS.map((caller) => [caller, isOpenTo(caller) ? 'open' : 'shut'] as const))(
      'to %s: %s',
      async (caller, expected) => {
        const headers = await headersOf(operation, caller);
        // An account has a number; whatever is nobody's is answered 404 to who gets past the door.
        const path = route.replace('accounts/:id', 'accounts/999999').replace(/:\w+/g, NOBODY);
        const body = ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined;
        const { status, body: answer } = await server.api.send(method, path, body, headers);
        const isPast = status !== 401 && status !== 403;
        expect([status, answer.code, isPast ? 'open' : 'shut']).toEqual([status, answer.code, expected]);
        expect(status).toBeLessThan(500);
      },
    );
  });
});
