import { jest } from '@jest/globals';
import { ChangeEmail } from '../../src/accounts/change-email.service.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import { bearer, tokenHeader } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { makeUser, PASSWORD, signIn } from '../support/people.js';

/** Stops a method of the running core at its first call, until it is let go on. */
function gate<T extends object>(target: T, method: keyof T) {
  const original = (target[method] as (...args: unknown[]) => Promise<unknown>).bind(target);
  let reached!: () => void;
  let open!: () => void;
  const isReached = new Promise<void>((resolve) => (reached = resolve));
  const isOpen = new Promise<void>((resolve) => (open = resolve));
  const spy = jest.spyOn(target as never, method as never) as jest.SpiedFunction<
    (...args: unknown[]) => Promise<unknown>
  >;
  spy.mockImplementationOnce(async (...args: unknown[]) => {
    reached();
    await isOpen;
    return original(...args);
  });
  return { isReached, open };
}

describe('a session that ends while its request is under way', () => {
  let server: TestGatehouse;
  let serial = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const victim = async () => {
    const email = `victim-${serial++}@example.org`;
    const id = await makeUser(server, email);
    return { email, id, stolen: await signIn(server, email), own: await signIn(server, email) };
  };
  const changePassword = (token: string, email: string, password: string) =>
    server.api.post(
      '/api/v1.1/auth/change-password/',
      { email, password1: password, password2: password },
      tokenHeader(token),
    );

  it('does not overwrite the password', async () => {
    const { email, stolen, own } = await victim();
    const held = gate(server.get(Passwords), 'hash');
    const theft = changePassword(stolen, email, 'the thief was here');
    await held.isReached;
    expect((await changePassword(own, email, 'a new safe password')).status).toBe(200);
    held.open();
    expect((await theft).status).toBe(401);
    await expect(signIn(server, email, 'a new safe password')).resolves.toBeDefined();
  });

  it('does not change the address', async () => {
    const { email, stolen, own } = await victim();
    const held = gate(server.get(ChangeEmail), 'assertFree');
    const theft = server.api.patch(
      '/api/v1.1/account/me/',
      { email: `thief-${serial}@example.org` },
      tokenHeader(stolen),
    );
    await held.isReached;
    expect((await changePassword(own, email, 'a new safe password')).status).toBe(200);
    held.open();
    expect((await theft).status).toBe(403);
    await expect(signIn(server, email, 'a new safe password')).resolves.toBeDefined();
  });

  it('does not disable or set passwords for an administrator who was disabled meanwhile', async () => {
    await makeUser(server, 'root@example.org', 'superuser', 'admin');
    const rogueId = await makeUser(server, 'rogue@example.org', 'admin', 'admin');
    const { email, id } = await victim();
    const root = await signIn(server, 'root@example.org');
    const rogue = await signIn(server, 'rogue@example.org');

    const held = gate(server.get(Passwords), 'hash');
    const reset = changePassword(rogue, email, 'chosen by the rogue');
    await held.isReached;
    expect((await server.api.post(`/v1/users/${rogueId}/disable`, undefined, bearer(root))).status).toBe(204);
    held.open();
    expect((await reset).status).toBe(401);
    await expect(signIn(server, email, PASSWORD)).resolves.toBeDefined();

    expect((await server.api.post(`/v1/users/${rogueId}/enable`, undefined, bearer(root))).status).toBe(204);
    const again = await signIn(server, 'rogue@example.org');
    const looking = gate(server.get(UsersRepository), 'findById');
    const disabling = server.api.post(`/v1/users/${id}/disable`, undefined, bearer(again));
    await looking.isReached;
    expect((await server.api.post(`/v1/users/${rogueId}/disable`, undefined, bearer(root))).status).toBe(204);
    looking.open();
    expect((await disabling).status).toBe(401);
    await expect(signIn(server, email, PASSWORD)).resolves.toBeDefined();
  });
});
