import { HOUR, MINUTE } from '../../../src/common/clock.js';
import { bearer } from '../../support/api.js';
import { mailsWrittenTo } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { createUser } from './requests.js';

const STRANGER = 'stranger@example.net';

/** Contract 3.12: nobody floods somebody else's mailbox through a door that mails confirmations. */
describe('confirmation mails of document 000, with RATE_LIMITS=on', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on' });
    await declareClient(server);
  });
  afterAll(() => server.stop());

  it('come five an hour to one address, however often it is taken and given up', async () => {
    const { id, token } = await createUser(server, 'restless@example.org');
    for (let turn = 0; turn < 7; turn += 1) {
      for (const email of [STRANGER, `elsewhere-${turn}@example.org`]) {
        const answer = await server.api.patch(`/api/users/${id}`, { email }, bearer(token));
        expect(answer).toMatchObject({ status: 200, body: { email } });
      }
    }
    const confirmations = async () =>
      (await mailsWrittenTo(server, STRANGER)).filter((kind) => kind === 'confirm-email').length;
    expect(await confirmations()).toBe(5);
    server.clock.advance(HOUR + MINUTE);
    await server.api.patch(`/api/users/${id}`, { email: STRANGER }, bearer(token));
    expect(await confirmations()).toBe(6);
  });
});
