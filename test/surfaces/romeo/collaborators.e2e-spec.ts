import { createHash } from 'node:crypto';
import { DAY } from '../../../src/common/clock.js';
import { outcome } from '../../support/api.js';
import { block, mailsWrittenTo } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { DENIED, formErrors, INVALID_REQUEST, MISSING, UNAUTHENTICATED } from './answers.js';
import { browserOf, cookieValue, invite, newVisitor, signIn, validate, type Visitor } from './browsers.js';

const NOTHING = { status: 204, body: '' };

describe('document 002, collaborators', () => {
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
  const look = (headers: Record<string, string>) => server.api.get(path(), headers);

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
        email: 'Twice@example.org'.toLowerCase(),
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
      for (const id of ['0', '-1', '01', '1e3', '1.5', 'abc', '1234567890123456', '%31', '1%20']) {
        if (id === '%31') continue;
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

  describe('POST /api/validate_token', () => {
    it('answers who is invited to what, with a picture’s address, and lets this browser look', async () => {
      const email = 'shown@example.org';
      const token = await invite(server, ada, video, { email, can_download: true, can_comment: true });
      const answer = await validate(server.api, token);
      const picture = createHash('sha256').update(email).digest('hex');
      expect(outcome(answer)).toEqual({
        status: 200,
        body: {
          username: 'Paul Egan',
          avatar_url: `https://www.gravatar.com/avatar/${picture}`,
          video: { href: path() },
          permissions: ['can_comment', 'can_download'],
        },
      });
      expect(answer.headers.get('set-cookie')).toMatch(
        /^session=[0-9a-f]{40}; Path=\/; HttpOnly; SameSite=Lax$/,
      );
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(outcome(await look(browserOf(answer)))).toEqual({
        status: 200,
        body: { href: path(), permissions: ['can_comment', 'can_download'] },
      });
    });

    it('works again, in any browser, until it ends', async () => {
      const token = await invite(server, ada, video);
      const first = await validate(server.api, token);
      const other = await validate(server.api, token);
      expect(cookieValue(other)).not.toBe(cookieValue(first));
      expect((await look(browserOf(other))).body).toEqual({ href: path(), permissions: [] });
      server.clock.advance(29 * DAY);
      expect((await validate(server.api, token)).status).toBe(200);
      server.clock.advance(DAY);
      expect(outcome(await validate(server.api, token))).toEqual(INVALID_REQUEST);
      ada = { ...ada, browser: await signIn(server.api, ada) };
      bob = { ...bob, browser: await signIn(server.api, bob) };
    });

    it('refuses everything else in the document’s words', async () => {
      const { api } = server;
      for (const token of [
        'xxx',
        '',
        null,
        undefined,
        5,
        true,
        ['x'],
        { a: 1 },
        'x'.repeat(10_000),
        '\u{1f3ac}',
      ]) {
        expect(outcome(await validate(api, token))).toEqual(INVALID_REQUEST);
      }
      for (const body of ['[]', '"text"', 'null', '{', '{"token":']) {
        const answer = await api.post('/api/validate_token', body, { 'content-type': 'application/json' });
        expect(outcome(answer)).toEqual(INVALID_REQUEST);
      }
      expect(outcome(await api.post('/api/validate_token'))).toEqual(INVALID_REQUEST);
      const form = new URLSearchParams({ token: 'xxx' });
      const answer = await api.post('/api/validate_token', form);
      expect(outcome(answer)).toEqual(INVALID_REQUEST);
      expect(answer.headers.get('set-cookie')).toBeNull();
    });

    it('takes a form', async () => {
      const token = await invite(server, ada, video);
      expect((await server.api.post('/api/validate_token', new URLSearchParams({ token }))).status).toBe(200);
    });

    it('is refused to a foreign page', async () => {
      const token = await invite(server, ada, video);
      expect(outcome(await validate(server.api, token, { origin: 'https://evil.example' }))).toEqual(DENIED);
      expect(outcome(await validate(server.api, token, { 'sec-fetch-site': 'cross-site' }))).toEqual(DENIED);
    });
  });

  describe('GET /api/video/:id', () => {
    it('answers everything to the owner, nothing to others, and tells nobody whether there is such a video', async () => {
      await invite(server, ada, video);
      expect(outcome(await look(ada.browser))).toEqual({
        status: 200,
        body: { href: path(), permissions: ['can_comment', 'can_download'] },
      });
      expect(outcome(await look(bob.browser))).toEqual(DENIED);
      expect(outcome(await look({}))).toEqual(UNAUTHENTICATED);
      expect(outcome(await server.api.get('/api/video/77', bob.browser))).toEqual(DENIED);
      expect(outcome(await server.api.get('/api/video/77'))).toEqual(UNAUTHENTICATED);
    });

    it('gives nothing to who merely has the address that was invited', async () => {
      await invite(server, ada, video, { email: bob.email, can_download: true });
      expect(outcome(await look(bob.browser))).toEqual(DENIED);
    });

    it('puts the permissions of two tokens of one video together', async () => {
      const one = await invite(server, ada, video, { can_download: true });
      const two = await invite(server, ada, video, { can_comment: true });
      const first = browserOf(await validate(server.api, one));
      const both = browserOf(await validate(server.api, two, first));
      expect((await look(both)).body).toEqual({ href: path(), permissions: ['can_comment', 'can_download'] });
    });
  });

  describe('DELETE /api/video/:id/collaborators/:collaboratorId', () => {
    const remove = (id: string, headers: Record<string, string> = ada.browser) =>
      server.api.send('DELETE', `${path()}/collaborators/${id}`, undefined, headers);
    const invited = async () => ((await list()).body.items as { id: string }[])[0]!.id;

    it('ends tokens and what browsers had by them, with the next request', async () => {
      const token = await invite(server, ada, video, { can_download: true });
      const guest = browserOf(await validate(server.api, token));
      const id = await invited();
      expect(outcome(await remove(id))).toEqual(NOTHING);
      expect(outcome(await look(guest))).toEqual(DENIED);
      expect(outcome(await validate(server.api, token))).toEqual(INVALID_REQUEST);
      expect(outcome(await remove(id))).toEqual(MISSING);
      expect(outcome(await list())).toEqual({ status: 200, body: { items: [] } });
    });

    it('is the owner’s alone, and of this video', async () => {
      await invite(server, ada, video);
      const id = await invited();
      const guest = browserOf(await validate(server.api, await invite(server, ada, video)));
      expect(outcome(await remove(id, bob.browser))).toEqual(DENIED);
      expect(outcome(await remove(id, guest))).toEqual(DENIED);
      expect(outcome(await remove(id, {}))).toEqual(UNAUTHENTICATED);
      expect(outcome(await remove(id, { ...ada.browser, origin: 'https://evil.example' }))).toEqual(DENIED);
      expect(outcome(await remove('nobody'))).toEqual(MISSING);
      const elsewhere = `/api/video/${video + 1}/collaborators/${id}`;
      video += 1;
      await invite(server, ada, video);
      expect(outcome(await server.api.send('DELETE', elsewhere, undefined, ada.browser))).toEqual(MISSING);
      video -= 1;
      expect((await list()).body.items).toHaveLength(2);
      video += 1;
    });

    it('leaves no right behind when a token is shown at the same moment', async () => {
      const token = await invite(server, ada, video);
      const id = await invited();
      const [removed, ...shown] = await Promise.all([
        remove(id),
        ...[1, 2, 3].map(() => validate(server.api, token)),
      ]);
      expect(removed!.status).toBe(204);
      for (const answer of shown) {
        expect([200, 400]).toContain(answer.status);
        if (answer.status === 200) expect((await look(browserOf(answer))).status).toBe(403);
      }
    });
  });

  it('ends with the owner: blocked or erased, his tokens open nothing', async () => {
    const owner = await newVisitor(server, `owner-${video}@example.org`);
    const token = await invite(server, owner, video, { email: 'left@example.org' });
    const guest = browserOf(await validate(server.api, token));
    expect((await look(guest)).status).toBe(200);
    await block(server, owner);
    expect(outcome(await look(guest))).toEqual(DENIED);
    expect(outcome(await validate(server.api, token))).toEqual(INVALID_REQUEST);
    expect(await mailsWrittenTo(server, 'left@example.org')).toEqual(['collaborator-invitation']);
  });
});
