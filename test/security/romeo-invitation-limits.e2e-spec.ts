import { HOUR, MINUTE } from '../../src/common/clock.js';
import { outcome } from '../support/api.js';
import { mailsWrittenTo, rowsOf } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { DENIED, INVALID_REQUEST, LIMITED } from '../surfaces/romeo/answers.js';
import { newVisitor, type Visitor } from '../surfaces/romeo/browsers.js';

describe('invitations with RATE_LIMITS=on', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let bob: Visitor;
  let video = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ RATE_LIMITS: 'on', TRUST_PROXY: '1' });
    ada = await newVisitor(server, 'ada@example.org');
    bob = await newVisitor(server, 'bob@example.org');
  }, 30_000);
  afterAll(() => server.stop());
  beforeEach(() => (video += 100));

  const invite = ({ browser }: Visitor, id: number, email: string, more: object = {}) =>
    server.api.post(`/api/video/${id}/collaborators`, { email, name: 'N', ...more }, browser);

  it('mail one address five times an hour, whoever invites it; the sixth is refused and writes nothing', async () => {
    const email = 'flooded@example.org';
    for (let more = 0; more < 5; more++) {
      expect((await invite(more % 2 ? ada : bob, video + more, email)).status).toBe(204);
    }
    const refused = await invite(ada, video + 50, email);
    expect(outcome(refused)).toEqual(LIMITED);
    expect(refused.headers.get('retry-after')).toBe('3600');
    expect(outcome(await server.api.get(`/api/video/${video + 50}/collaborators`, ada.browser))).toEqual(
      DENIED,
    );
    expect(await mailsWrittenTo(server, email)).toHaveLength(5);
  });

  it('add permissions without a mail for who has a living token', async () => {
    const email = 'again@example.org';
    for (let more = 0; more < 5; more++) expect((await invite(ada, video, email)).status).toBe(204);
    expect((await invite(ada, video, email, { can_comment: true })).status).toBe(204);
    const { items } = (await server.api.get(`/api/video/${video}/collaborators`, ada.browser)).body;
    expect(items).toMatchObject([{ email, permissions: ['can_comment'] }]);
    expect(await mailsWrittenTo(server, email)).toHaveLength(5);
  });

  it('are 50 an hour from one account, over all videos, removed ones counted', async () => {
    server.clock.advance(2 * HOUR);
    const person = await newVisitor(server, 'eve@example.org');
    // From an address of her own: the 60 requests a minute are another limit.
    const eve = { ...person, browser: { ...person.browser, 'x-forwarded-for': '192.0.2.9' } };
    for (let more = 0; more < 50; more++) {
      const id = video + (more % 5);
      expect((await invite(eve, id, `victim-${more}@example.org`)).status).toBe(204);
      if (more > 2) continue;
      const { items } = (await server.api.get(`/api/video/${id}/collaborators`, eve.browser)).body;
      await server.api.send('DELETE', items[0].href as string, undefined, eve.browser);
    }
    expect(outcome(await invite(eve, video, 'one-more@example.org'))).toEqual(LIMITED);
    expect(await mailsWrittenTo(server, 'one-more@example.org')).toEqual([]);
  });

  it('leave sign-in links to five an hour, and 60 requests a minute of an address', async () => {
    const mails = () => mailsWrittenTo(server, bob.email);
    for (let more = 0; more < 7; more++) {
      expect((await server.api.post('/v1/sign-in-links', { email: bob.email })).status).toBe(202);
      server.clock.advance(MINUTE + 1);
    }
    expect(await mails()).toHaveLength(5);
    const shots = Array.from({ length: 61 }, () =>
      server.api.post('/api/validate_token', { token: 'guess' }),
    );
    const answers = (await Promise.all(shots)).map(outcome);
    expect(answers.filter(({ status }) => status === 400)).toEqual(
      Array.from({ length: 60 }, () => INVALID_REQUEST),
    );
    expect(answers.filter(({ status }) => status === 429)).toEqual([LIMITED]);
    expect(await rowsOf(server, 'grants')).toBe(3);
  });
});
