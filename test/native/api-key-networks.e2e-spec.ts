import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Users } from '../../src/users/users.service.js';
import { KEY_REFUSED, makeKey, makeSignedIn, meBy, type MadeKey } from '../support/api-keys.js';
import { outcome } from '../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

/** Where keys count: in the networks of the key and in those of its owner, at every request. */
describe('the networks of a key', () => {
  let server: TestGatehouse;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ TRUST_PROXY: '1' });
  });
  afterAll(() => server.stop());

  const from = (address: string) => ({ 'x-forwarded-for': address });
  const statusOf = async ({ secret }: MadeKey, headers: Record<string, string>) =>
    (await meBy(server, secret, headers)).status;

  it('count only where the key was given for', async () => {
    const person = await makeSignedIn(server, { email: `person-${++people}@example.org` });
    const key = await makeKey(server, person, { networks: ['198.51.100.0/24', '2001:db8::/64'] });
    const inside = ['198.51.100.1', '::ffff:198.51.100.255', '2001:db8::1'];
    for (const address of inside)
      expect([address, await statusOf(key, from(address))]).toEqual([address, 200]);
    for (const address of ['198.51.101.1', '2001:db8:0:1::1', '127.0.0.1']) {
      expect(outcome(await meBy(server, key.secret, from(address)))).toEqual(KEY_REFUSED);
    }
    // The copy that an address outside found is none for it, and one inside still counts.
    expect(await statusOf(key, from('198.51.100.1'))).toBe(200);
  });

  it('count only where both the key and its owner do', async () => {
    const person = await makeSignedIn(server, { email: `person-${++people}@example.org` });
    const wide = await makeKey(server, person);
    const narrow = await makeKey(server, person, { networks: ['10.1.0.0/16', '192.0.2.1'] });
    const keep = (networks: string[]) =>
      server.get(UnitOfWork).run((tx) => server.get(Users).applyFields(tx, person.uid, { networks }));
    const from3 = ['10.1.0.1', '10.2.0.1', '192.0.2.1'];
    const statuses = (key: MadeKey) => Promise.all(from3.map((address) => statusOf(key, from(address))));
    expect([await statuses(wide), await statuses(narrow)]).toEqual([
      [200, 200, 200],
      [200, 401, 200],
    ]);
    await keep(['10.0.0.0/8']);
    expect([await statuses(wide), await statuses(narrow)]).toEqual([
      [200, 200, 401],
      [200, 401, 401],
    ]);
    await keep(['203.0.113.0/24']);
    expect([await statuses(wide), await statuses(narrow)]).toEqual([
      [401, 401, 401],
      [401, 401, 401],
    ]);
  });
});
