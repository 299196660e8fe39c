import { DAY } from '../../../src/common/clock.js';
import { outcome } from '../../support/api.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { DENIED, formErrors, MISSING, UNAUTHENTICATED } from './answers.js';
import { browserOf, invite, newVisitor, validate, type Visitor } from './browsers.js';

const NOTHING = { status: 204, body: '' };

describe('document 002, invitations to videos', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let bob: Visitor;
  let video = 28_099_975;

  beforeAll(async () => {
    server = await startTestGatehouse({ WEB_APP_URL: 'https://app.example' });
    ada = await newVisitor(server, 'ada@example.org');
    bob = await newVisitor(server, 'bob@example.org');
  }, 30_000);
  afterAll(() => server.stop());
  beforeEach(() => (video += 1));

  const path = () => `/api/video/${video}`;
  const post = (body: unknown, headers: Record<string, string> = ada.browser) =>
    server.api.post(`${path()}/collaborators`, body, headers);
  const list = (headers: Record<string, string> = ada.browser) =>
    server.api.get(`${path()}/collaborators`, headers);

  describe('POST /api/video/:id/collaborators', () => {
    it('mails one link to the web application and tells the owner whom he has invited', async () => {
      const body = { email: 'Paul@Example.org', name: ' Paul Egan ', can_download: true };
      expect(outcome(await post(body))).toEqual(NOTHING);
      const mail = await server.mailbox.waitFor('paul@example.org');
      expect(mail.links).toEqual([
        expect.stringMatching(new RegExp(`^https://app\\.example/video/${video}\\?token=[0-9a-f-]{36}$`)),
      ]);
      const listed = await list();
      const [{ id, expires_at: expiresAt }] = listed.body.items;
      expect(outcome(listed)).toEqual({
        status: 200,
        body: {
          items: [
            {
              id,
              href: `${path()}/collaborators/${id}`,
              email: 'paul@example.org',
              name: 'Paul Egan',
              permissions: ['can_download'],
              expires_at: expiresAt,
            },
          ],
        },
      });
      expect(Math.abs(Date.parse(expiresAt as string) - server.clock.now() - 30 * DAY)).toBeLessThan(60_000);
    });

    it('takes a form, and flags as text', async () => {
      const form = new URLSearchParams({ email: 'form@example.org', name: 'F', can_comment: 'true' });
      expect(outcome(await post(form))).toEqual(NOTHING);
      expect((await list()).body.items).toMatchObject([{ permissions: ['can_comment'] }]);
    });

    it('tells every fault at once and writes nothing', async () => {
      for (const [body, fields] of [
        [{}, { email: ['This field is required.'], name: ['This field is required.'] }],
        [
          { email: 'no address', name: ' ' },
          { email: ['Invalid email address.'], name: ['This field is required.'] },
        ],
        [{ email: 'a@b.example, c@d.example', name: 'N' }, { email: ['Invalid email address.'] }],
        [{ email: 'a@b.example\r\nBcc: c@d.example', name: 'N' }, { email: ['Invalid email address.'] }],
        [{ email: 'a@b.example', name: 'x'.repeat(151) }, { name: ['Too long.'] }],
        [
          { email: ['a@b.example'], name: 1, can_download: 'yes', can_comment: 1 },
          {
            email: ['Invalid email address.'],
            name: ['Invalid value.'],
            can_download: ['Invalid value.'],
            can_comment: ['Invalid value.'],
          },
        ],
      ] as const) {
        expect(outcome(await post(body))).toEqual(formErrors(fields));
      }
      expect(outcome(await list())).toEqual(DENIED);
      expect(outcome(await post([]))).toEqual(
        formErrors({ email: ['This field is required.'], name: ['This field is required.'] }),
      );
    });

    it('makes the video the first inviter’s, who alone may look who is invited', async () => {
      await invite(server, ada, video);
      expect(outcome(await post({ email: 'x@example.org', name: 'X' }, bob.browser))).toEqual(DENIED);
      // Permission comes before faults.
      expect(outcome(await post({}, bob.browser))).toEqual(DENIED);
      expect(outcome(await list(bob.browser))).toEqual(DENIED);
      expect((await list()).body.items).toHaveLength(1);
    });

    it('gives one of many racing accounts the video', async () => {
      const racers = [ada, bob, ada, bob, ada, bob];
      const answers = await Promise.all(
        racers.map(({ browser }, place) =>
          post({ email: `race-${video}-${place}@example.org`, name: 'R' }, browser),
        ),
      );
      const winner = answers[0]!.status === 204 ? ada : bob;
      expect(answers.map(({ status }) => status)).toEqual(
        racers.map((racer) => (racer === winner ? 204 : 403)),
      );
      expect((await list(winner.browser)).body.items).toHaveLength(3);
    });

    it('adds permissions at a second invitation and takes none away', async () => {
      const email = 'twice@example.org';
      const first = await invite(server, ada, video, { email, can_comment: true });
      const second = await invite(server, ada, video, {
        email,
        can_download: true,
      });
      await invite(server, ada, video, { email });
      expect((await list()).body.items).toMatchObject([
        { email, permissions: ['can_comment', 'can_download'] },
      ]);
      for (const token of [first, second]) {
        expect((await validate(server.api, token)).body.permissions).toEqual(['can_comment', 'can_download']);
      }
    });

    it('loses nothing of parallel invitations of one address', async () => {
      const email = 'parallel@example.org';
      const flags = [{ can_download: true }, { can_comment: true }, {}, {}];
      const answers = await Promise.all(flags.map((flag) => post({ email, name: 'P', ...flag })));
      expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204]);
      expect((await list()).body.items).toMatchObject([{ permissions: ['can_comment', 'can_download'] }]);
    });

    it('needs a user, and a page of ours', async () => {
      const token = await invite(server, ada, video);
      const guest = browserOf(await validate(server.api, token));
      const body = { email: 'x@example.org', name: 'X' };
      expect(outcome(await post(body, {}))).toEqual(UNAUTHENTICATED);
      expect(outcome(await post(body, guest))).toEqual(DENIED);
      expect(outcome(await post(body, { ...ada.browser, origin: 'https://evil.example' }))).toEqual(DENIED);
      expect((await post(body, { ...ada.browser, origin: PUBLIC_URL })).status).toBe(204);
    });

    it('knows videos by positive decimal numbers only', async () => {
      for (const id of ['0', '-1', '01', '1e3', '1.5', 'abc', '1234567890123456', '1%20']) {
        const answer = await server.api.post(
          `/api/video/${id}/collaborators`,
          { email: 'x@example.org', name: 'X' },
          ada.browser,
        );
        expect([id, outcome(answer)]).toEqual([id, MISSING]);
      }
      expect((await server.api.get('/api/video/999999999999999', ada.browser)).status).toBe(403);
    });
  });
});
