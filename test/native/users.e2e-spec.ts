import { bearer, faultyFields, outcome, type Answer } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { block, makePerson } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { createUser } from '../surfaces/gemini/requests.js';

const USERS = '/v1/users';
const NOBODY = '0190aaaa-0000-7000-8000-000000000000';

/** Contract 5. */
describe('GET /v1/users', () => {
  let server: TestGatehouse;
  let manager: SignedIn;
  let made: string[];

  beforeAll(async () => {
    server = await startTestGatehouse();
    manager = await makeSignedIn(server, { email: 'manager@example.com', level: 'manager', type: 'admin' });
    const people = [
      { email: 'ada@example.com', firstName: 'Ada', phone: '+48500100200' },
      { email: 'adam@example.com', type: 'seller' as const },
      { email: 'bea@example.com', level: 'admin' as const },
      { email: 'bob@example.com', loyaltyCardNumber: '47834433524' },
    ];
    made = [];
    for (const person of people) made.push((await makePerson(server, person)).uid);
    const blocked = await makePerson(server, { email: 'cleo@example.com' });
    await block(server, blocked);
    made.push(blocked.uid);
  });
  afterAll(() => server.stop());

  const ask = (query = '', headers = bearer(manager.token)) => server.api.get(`${USERS}${query}`, headers);
  const emailsOf = (answer: Answer) =>
    (answer.body.items as { email: string }[]).map(({ email }) => email.split('@')[0]);
  const found = async (query: string) => emailsOf(await ask(query));

  async function inPages(query: string, limit: number): Promise<string[][]> {
    const pages: string[][] = [];
    for (let cursor = ''; ;) {
      const answer = await ask(`?limit=${limit}${query}${cursor}`);
      pages.push(emailsOf(answer) as string[]);
      if (answer.body.nextCursor === null) return pages;
      cursor = `&cursor=${answer.body.nextCursor}`;
    }
  }

  it('lists everybody in order of creation', async () => {
    const answer = await ask();
    expect(emailsOf(answer)).toEqual(['admin', 'manager', 'ada', 'adam', 'bea', 'bob', 'cleo']);
    expect(answer.body.nextCursor).toBeNull();
    expect(answer.body.items[2]).toEqual({
      id: made[0],
      type: 'customer',
      level: 'member',
      state: 'active',
      email: 'ada@example.com',
      emailConfirmed: true,
      username: expect.any(String),
      firstName: 'Ada',
      lastName: '',
      phone: '+48500100200',
      card: null,
      locale: null,
      roleId: null,
      networks: [],
      emailNotifications: true,
      hasPassword: true,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
  });

  it('gives pages that together hold everybody once', async () => {
    expect(await inPages('', 4)).toEqual([
      ['admin', 'manager', 'ada', 'adam'],
      ['bea', 'bob', 'cleo'],
    ]);
    expect((await inPages('', 1)).map(([one]) => one)).toEqual(await found(''));
  });

  it.each([
    ['?type=seller', ['adam']],
    ['?type=customer', ['ada', 'bea', 'bob', 'cleo']],
    ['?level=admin', ['bea']],
    ['?state=blocked', ['cleo']],
    ['?state=new', []],
    ['?type=customer&level=member&state=active', ['ada', 'bob']],
    ['?type=admin&state=blocked', []],
    ['?type=admin', ['admin', 'manager']],
    ['?q=ADA', ['ada', 'adam']],
    ['?q=ada@', ['ada']],
    ['?q=%2B4850', ['ada']],
    ['?q=4783', ['bob']],
    ['?q=zed', []],
    ['?q=%25', []],
    ['?q=_', []],
    ['?q=ad&type=seller', ['adam']],
    ['?q=c&state=blocked', ['cleo']],
    ['?q=c&state=active', []],
    ['?q=', ['admin', 'manager', 'ada', 'adam', 'bea', 'bob', 'cleo']],
  ])('%s finds %j', async (query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('filters by pages too', async () => {
    expect(await inPages('&type=customer', 2)).toEqual([
      ['ada', 'bea'],
      ['bob', 'cleo'],
    ]);
  });

  it('shows who is found by several of his identifiers once, and goes on in their order', async () => {
    const twice = { email: 'zoe@example.com', name: 'zoe-by-name' };
    await makePerson(server, twice);
    await makePerson(server, { email: 'zola@example.com', name: 'zola' });
    expect((await found('?q=zo')).sort()).toEqual(['zoe', 'zola']);
    expect((await inPages('&q=zo', 1)).flat().sort()).toEqual(['zoe', 'zola']);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=%20', 'cursor=', 'type=x', 'level=blocked', 'state=x'])(
    'refuses ?%s',
    async (query) => {
      const answer = await ask(`?${query}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-body' } });
      expect(faultyFields(answer)).toEqual([query.split('=')[0]]);
    },
  );

  it.each(['AAAA', 'AA', '__-_', 'a'.repeat(1_024)])(
    'takes a cursor that nobody gave: %s',
    async (cursor) => {
      expect((await ask(`?q=a&cursor=${cursor}`)).status).toBe(200);
      expect((await ask(`?cursor=${cursor}`)).status).toBe(200);
    },
  );

  it('is for managers and above, by whatever credential, and for a client’s token with the scope admin', async () => {
    const member = await makeSignedIn(server, { email: 'member@example.com' });
    const { secret } = await makeKey(server, manager);
    await declareClient(server);
    const { token } = await createUser(server, 'city@example.com');
    expect((await ask('', keyHeader(secret))).status).toBe(200);
    expect((await ask('', bearer(member.token))).status).toBe(403);
    expect((await ask('', bearer(token))).status).toBe(403);
    expect((await ask('', {})).status).toBe(401);
  });

  describe('/:id', () => {
    const get = (id: string, headers: Record<string, string> = {}) =>
      server.api.get(`${USERS}/${id}`, { ...bearer(manager.token), ...headers });

    it('shows one user as the list does, tagged', async () => {
      const answer = await get(made[0]!.toUpperCase());
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual((await ask()).body.items[2]);
      const etag = answer.headers.get('etag')!;
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      const again = await get(made[0]!, { 'if-none-match': etag });
      expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
      expect((await get(made[1]!, { 'if-none-match': etag })).status).toBe(200);
    });

    it.each([NOBODY, 'x', '%F0%9F%92%A9', "'"])('knows nobody called %s', async (id) => {
      expect(outcome(await get(id))).toEqual(problem(404, 'user-not-found'));
    });
  });
});
