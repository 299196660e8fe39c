import { outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { formErrors } from './answers.js';
import { newVisitor, type Visitor } from './visitors.js';

const DENIED = { status: 403, body: { error: 'access_denied' } };
const MISSING = { status: 404, body: { message: 'Not Found', status: 404 } };

describe('document 002, accounts', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let bob: Visitor;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await newVisitor(server, 'ada@example.org');
    bob = await newVisitor(server, 'bob@example.org');
  }, 30_000);
  afterAll(() => server.stop());

  const patch = (path: string, body: unknown, headers: Record<string, string>) =>
    server.api.send('PATCH', path, body, headers);

  it('shows one’s own account and oneself, and nobody else’s', async () => {
    expect((await server.api.get(ada.account, ada.headers)).body).toMatchObject({ href: ada.account });
    expect(outcome(await server.api.get(ada.user, ada.headers))).toEqual({
      status: 200,
      body: { href: ada.user, username: 'ada@example.org' },
    });
    for (const path of [bob.account, bob.user]) {
      expect(outcome(await server.api.get(path, ada.headers))).toEqual(DENIED);
      expect(outcome(await server.api.get(path))).toEqual({ status: 401, body: { error: 'invalid_token' } });
    }
    for (const id of ['999999', '0', '-1', '1e3', 'abc', '99999999999999999999']) {
      expect(outcome(await server.api.get(`/api/account/${id}`, ada.headers))).toEqual(MISSING);
      expect(outcome(await server.api.get(`/api/user/${id}`, ada.headers))).toEqual(MISSING);
    }
  });

  it('changes what is given and leaves the rest', async () => {
    expect((await patch(ada.account, { display_name: ' Ada ' }, ada.headers)).body).toMatchObject({
      display_name: 'Ada',
      description: '',
    });
    const form = new URLSearchParams({ description: 'An analyst' });
    expect((await patch(ada.account, form, ada.headers)).body).toMatchObject({
      display_name: 'Ada',
      description: 'An analyst',
    });
    expect((await patch(ada.account, { description: '' }, ada.headers)).body).toMatchObject({
      description: '',
    });
    expect((await patch(ada.account, { name: 'other' }, ada.headers)).body).not.toMatchObject({
      name: 'other',
    });
  });

  it('changes nothing when one field is at fault, and tells all of them', async () => {
    const before = (await server.api.get(ada.account, ada.headers)).body as object;
    const long = { display_name: 'x'.repeat(101), description: 'x'.repeat(1_001) };
    expect(outcome(await patch(ada.account, long, ada.headers))).toEqual(
      formErrors({ display_name: ['Too long.'], description: ['Too long.'] }),
    );
    expect(outcome(await patch(ada.account, { display_name: '', description: 'new' }, ada.headers))).toEqual(
      formErrors({ display_name: ['This field is required.'] }),
    );
    expect(outcome(await patch(ada.account, { display_name: ['x'] }, ada.headers))).toEqual(
      formErrors({ display_name: ['Invalid value.'] }),
    );
    expect((await server.api.get(ada.account, ada.headers)).body).toEqual(before);
  });

  it('lets nobody change another’s, nor a foreign page one’s own', async () => {
    expect(outcome(await patch(bob.account, { display_name: 'x' }, ada.headers))).toEqual(DENIED);
    const foreign = { ...ada.headers, origin: 'https://evil.example' };
    expect(outcome(await patch(ada.account, { display_name: 'x' }, foreign))).toEqual(DENIED);
  });
});
