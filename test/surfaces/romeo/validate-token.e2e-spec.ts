import { createHash } from 'node:crypto';
import { DAY } from '../../../src/common/clock.js';
import { outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { DENIED, INVALID_REQUEST } from './answers.js';
import { browserOf, cookieValue, invite, newVisitor, signIn, validate, type Visitor } from './browsers.js';

describe('document 002, tokens of collaborators', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let video = 28_099_975;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await newVisitor(server, 'ada@example.org');
  }, 30_000);
  afterAll(() => server.stop());
  beforeEach(() => (video += 1));

  const path = () => `/api/video/${video}`;
  const look = (headers: Record<string, string>) => server.api.get(path(), headers);

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
});
