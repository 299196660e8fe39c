import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { MASTER_KEY, NativeCallers } from '../support/native-callers.js';
import { RIGHTS, type Caller } from './rights-table.js';

/** What a program shows to who is signed in (contract 3.2 and 5). */
describe('GET /v1/me/rights', () => {
  let server: TestGatehouse;
  let callers: NativeCallers;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER_KEY });
    callers = new NativeCallers(server);
  });
  afterAll(() => server.stop());

  const openTo = (caller: Caller) =>
    Object.keys(RIGHTS)
      .filter((operation) => RIGHTS[operation]?.split(' ').includes(caller))
      .sort();

  it.each(['member', 'manager', 'admin', 'superuser'] as const)(
    'tells a %s what the doors let him through to',
    async (caller) => {
      const { status, body } = await server.api.get('/v1/me/rights', await callers.make(caller));
      expect(status).toBe(200);
      expect(body).toEqual({ operations: openTo(caller) });
    },
  );

  it('tells also what asks him to show again who he is', async () => {
    const { body } = await server.api.get('/v1/me/rights', await callers.make('stale'));
    expect(body).toEqual({ operations: openTo('superuser') });
  });
});
