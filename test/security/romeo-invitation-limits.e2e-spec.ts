import { HOUR, MINUTE } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Outbox } from '../../src/mail/outbox.service.js';
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
    server = await startTestGatehouse({ RATE_LIMITS: 'on' });
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
    const eve = await newVisitor(server, 'eve@example.org');
    const invitation = {
      template: 'collaborator-invitation',
      userId: eve.uid,
      locale: null,
      values: { inviter: 'Eve', link: 'https://app.example/', days: 30 },
    } as const;
    await server.get(UnitOfWork).run(async (tx) => {
      for (let more = 0; more < 48; more++) {
        await server.get(Outbox).enqueue(tx, { ...invitation, recipient: `victim-${more}@example.org` });
      }
    });
    expect((await invite(eve, video, 'removed@example.org')).status).toBe(204);
    const { items } = (await server.api.get(`/api/video/${video}/collaborators`, eve.browser)).body;
    await server.api.send('DELETE', items[0].href as string, undefined, eve.browser);
    expect((await invite(eve, video + 1, 'last@example.org')).status).toBe(204);
    expect(outcome(await invite(eve, video + 2, 'one-more@example.org'))).toEqual(LIMITED);
    expect(await mailsWrittenTo(server, 'one-more@example.org')).toEqual([]);
    expect((await invite(ada, video + 2, 'one-more@example.org')).status).toBe(204);
    server.clock.advance(HOUR);
    expect((await invite(eve, video + 3, 'next-hour@example.org')).status).toBe(204);
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
