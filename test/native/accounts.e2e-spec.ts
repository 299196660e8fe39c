import { bearer, faultyFields, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { makePerson } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const ACCOUNTS = '/v1/accounts';

/** Contract 4.3 and 5. */
describe('/v1/accounts', () => {
  let server: TestGatehouse;
  let manager: SignedIn;
  let ada: SignedIn;
  let adas: number;

  beforeAll(async () => {
    server = await startTestGatehouse();
    manager = await makeSignedIn(server, { email: 'manager@example.com', level: 'manager' });
    ada = await makeSignedIn(server, { email: 'ada@example.com', firstName: 'Ada', lastName: 'King' });
    await makePerson(server, { email: 'bob@example.com' });
    adas = (await ask(`?ownerId=${ada.uid}`)).body.items[0].id as number;
  });
  afterAll(() => server.stop());

  const ask = (path = '', by: { token: string } = manager) =>
    server.api.get(`${ACCOUNTS}${path}`, bearer(by.token));
  const patch = (body: object, by: { token: string } = ada) =>
    server.api.patch(`${ACCOUNTS}/${adas}`, body, bearer(by.token));

  it('lists the account of everybody in order of creation, by pages', async () => {
    const { body } = await ask();
    expect((body.items as { name: string }[]).map(({ name }) => name)).toEqual([
      'admin',
      'manager',
      'Ada King',
      'bob',
    ]);
    const first = await ask('?limit=3');
    expect(first.body.items).toEqual(body.items.slice(0, 3));
    expect(await ask(`?limit=3&cursor=${first.body.nextCursor}`)).toMatchObject({
      body: { items: body.items.slice(3), nextCursor: null },
    });
    expect((await ask(`?ownerId=${manager.uid.toUpperCase()}`)).body.items).toHaveLength(1);
  });

  it('shows one’s own, and a manager anybody’s', async () => {
    const whole = {
      status: 200,
      body: {
        id: adas,
        ownerId: ada.uid,
        name: 'Ada King',
        displayName: 'Ada King',
        description: '',
        avatar: null,
        profileCover: null,
      },
    };
    expect(outcome(await ask(`/${adas}`, ada))).toEqual(whole);
    expect(outcome(await ask(`/${adas}`))).toEqual(whole);
    const bob = await makeSignedIn(server, { email: 'bob-2@example.com' });
    expect((await ask(`/${adas}`, bob)).status).toBe(403);
    for (const id of ['999999', 'x', '0', '99999999999', '-1']) {
      expect(outcome(await ask(`/${id}`, ada))).toEqual(problem(404, 'not-found'));
    }
  });

  it('is changed by whose it is alone', async () => {
    const edit = { displayName: ' Countess ', description: 'Mathematics' };
    expect(await patch(edit)).toMatchObject({
      status: 200,
      body: { displayName: 'Countess', description: 'Mathematics', name: 'Ada King' },
    });
    expect((await patch({ description: '' })).body).toMatchObject({
      displayName: 'Countess',
      description: '',
    });
    expect((await patch({ displayName: 'x' }, manager)).status).toBe(403);
    const { secret } = await makeKey(server, ada);
    const byKey = await server.api.patch(`${ACCOUNTS}/${adas}`, { displayName: 'x' }, keyHeader(secret));
    expect(byKey.status).toBe(403);
    expect((await ask(`/${adas}`)).body).toMatchObject({ displayName: 'Countess' });
  });

  it.each([
    [{ displayName: '' }, 'displayName'],
    [{ displayName: null }, 'displayName'],
    [{ displayName: '😀'.repeat(101) }, 'displayName'],
    [{ description: 'x'.repeat(1_001) }, 'description'],
    [{ description: 5 }, 'description'],
  ])('refuses %j', async (body, field) => {
    const answer = await patch(body);
    expect(answer.status).toBe(400);
    expect(faultyFields(answer)).toEqual([field]);
  });

  it('takes as many characters as document 002 does', async () => {
    const edit = { displayName: '😀'.repeat(100), description: '😀'.repeat(1_000) };
    expect(await patch(edit)).toMatchObject({ status: 200, body: edit });
  });

  it.each(['limit=0', 'cursor=x', 'cursor=-1', 'ownerId=x'])('refuses ?%s', async (query) => {
    const answer = await ask(`?${query}`);
    expect(answer.status).toBe(400);
    expect(faultyFields(answer)).toEqual([query.split('=')[0]]);
  });

  it('is listed for managers and above', async () => {
    expect((await ask('', ada)).status).toBe(403);
    expect((await server.api.get(ACCOUNTS)).status).toBe(401);
  });
});
