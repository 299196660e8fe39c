import { DeclareUsers } from '../../src/accounts/declare-users.service.js';
import { tokenHeader } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { signIn } from '../support/people.js';

describe('one name space of identifiers', () => {
  let server: TestGatehouse;
  const password = 'correct horse battery';

  beforeAll(async () => {
    server = await startTestGatehouse();
    await server.get(DeclareUsers).declare([
      {
        name: 'boss@example.org',
        type: 'admin',
        level: 'superuser',
        email: 'boss@example.org',
        emailVerified: true,
        password: { kind: 'plain', text: password },
      },
    ]);
  });
  afterAll(() => server.stop());

  const patch = (token: string, email: string) =>
    server.api.patch('/api/v1.1/account/me/', { email }, tokenHeader(token));

  it('keeps a user name that is also the address when the address changes, and gives it to nobody', async () => {
    const token = await signIn(server, 'boss@example.org');
    expect((await patch(token, 'boss-new@example.org')).status).toBe(200);
    await expect(signIn(server, 'boss@example.org')).resolves.toBeDefined();
    await expect(signIn(server, 'boss-new@example.org')).resolves.toBeDefined();
    const taken = await server.api.post('/api/v1.1/auth/register/', {
      email: 'boss@example.org',
      password1: password,
      password2: password,
    });
    expect(taken).toMatchObject({ status: 200, body: '' });
    expect((await patch(token, 'boss@example.org')).status).toBe(200);
    expect((await patch(token, 'boss@example.org')).status).toBe(200);
  });

  it('frees an address that was given up', async () => {
    const token = await signIn(server, 'boss@example.org');
    expect((await patch(token, 'third@example.org')).status).toBe(200);
    const freed = await server.api.post('/api/v1.1/auth/register/', {
      email: 'boss-new@example.org',
      password1: password,
      password2: password,
    });
    expect(freed.status).toBe(201);
    expect(await patch(token, 'boss-new@example.org')).toMatchObject({
      status: 400,
      body: { email: ['user with this email already exists.'] },
    });
  });
});

describe('the first administrator', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  it('keeps his link when somebody asks for a reset of his password, and nobody is mailed', async () => {
    const email = 'admin@id.gatehouse.test';
    const reset = await server.api.post('/api/v1.1/auth/reset-password/', { email });
    expect(reset).toMatchObject({ status: 200, body: { email } });
    const [, token] = /set-password\/([^/]+)\//.exec(server.gatehouse.firstAdminLink ?? '') ?? [];
    const redeemed = await server.api.post('/api/v1.1/auth/change-password/', {
      email,
      password1: password,
      password2: password,
      password_change_token: token,
    });
    expect(redeemed).toMatchObject({ status: 200, body: { level: 'superuser' } });
    expect(await server.mailbox.to(email)).toEqual([]);
  });

  const password = 'correct horse battery';
});
