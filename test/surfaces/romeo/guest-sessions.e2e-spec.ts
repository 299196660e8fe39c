import { DAY, HOUR, MINUTE } from '../../../src/common/clock.js';
import { GrantUse } from '../../../src/grants/grant-use.service.js';
import { outcome } from '../../support/api.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { handlersOf } from '../../support/routes.js';
import { DENIED, UNAUTHENTICATED } from './answers.js';
import {
  browserOf,
  cookieValue,
  invite,
  newVisitor,
  signIn,
  validate,
  type Cookie,
  type Visitor,
} from './browsers.js';

describe('document 002, a browser in which nobody is signed in', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let video = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await newVisitor(server, 'ada@example.org');
  }, 30_000);
  afterAll(() => server.stop());

  const look = (browser: Cookie, id = video) => server.api.get(`/api/video/${id}`, browser);
  const status = async (browser: Cookie) => (await server.api.get('/api', browser)).body as object;
  const tokenOfNext = () => invite(server, ada, (video += 1));
  const guest = async () => browserOf(await validate(server.api, await tokenOfNext()));

  it('is told that it is let in, and nothing of anybody', async () => {
    const browser = await guest();
    expect(outcome(await server.api.get('/api', browser))).toEqual({
      status: 200,
      body: { auth_status: 'logged_in' },
    });
  });

  it('opens nothing but the video: no other guarded route of any surface', async () => {
    const browser = await guest();
    const opened: string[] = [];
    for (const { method, path, rule } of handlersOf(server)) {
      if (rule?.public !== false || method === 'OPTIONS') continue;
      const body = ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined;
      const answer = await server.api.send(method, path.replace(/:\w+/g, String(video)), body, browser);
      if (![401, 403].includes(answer.status)) opened.push(`${method} ${path}: ${answer.status}`);
    }
    expect(opened).toEqual([`GET /api/video/:id: 200`]);
    for (const path of ['/api/account/1', '/api/user/1']) {
      expect(outcome(await server.api.get(path, browser))).toEqual(DENIED);
    }
    expect((await server.api.get('/v1/me', browser)).status).toBe(403);
  });

  it('collects the videos whose tokens it shows, under a new cookie each time', async () => {
    const first = await guest();
    const firstVideo = video;
    const answer = await validate(server.api, await tokenOfNext(), first);
    const second = browserOf(answer);
    expect(second).not.toEqual(first);
    for (const id of [firstVideo, video]) expect((await look(second, id)).status).toBe(200);
    expect(outcome(await look(first, firstVideo))).toEqual(UNAUTHENTICATED);
    expect(await status(first)).toEqual({ auth_status: 'logged_out' });
  });

  it('keeps its cookie when it shows a token again', async () => {
    const token = await tokenOfNext();
    const browser = browserOf(await validate(server.api, token));
    const again = await validate(server.api, token, browser);
    expect([again.status, browserOf(again)]).toEqual([200, browser]);
    expect((await look(browser)).status).toBe(200);
  });

  it('gets a session of its own where the cookie that it shows opens nothing', async () => {
    const token = await tokenOfNext();
    const dead = { cookie: `session=${'0'.repeat(40)}` };
    const answer = await validate(server.api, token, dead);
    expect(answer.status).toBe(200);
    expect(cookieValue(answer)).not.toBe('0'.repeat(40));
    expect((await look(browserOf(answer))).status).toBe(200);
  });

  it('leaves no planted cookie with what its tokens give', async () => {
    const planted = await guest();
    const plantedUser = await newVisitor(server, 'planter@example.org');
    for (const cookie of [planted, plantedUser.browser]) {
      const victim = browserOf(await validate(server.api, await tokenOfNext(), cookie));
      expect((await look(victim)).status).toBe(200);
      expect(outcome(await look(cookie))).toEqual(UNAUTHENTICATED);
    }
  });

  it('has one session left of parallel showings of tokens under one cookie, each good for its video', async () => {
    const browser = await guest();
    const tokens = [];
    for (let more = 0; more < 4; more++) tokens.push({ token: await tokenOfNext(), id: video });
    const answers = await Promise.all(tokens.map(({ token }) => validate(server.api, token, browser)));
    expect(answers.map(({ status: code }) => code)).toEqual([200, 200, 200, 200]);
    for (const [place, answer] of answers.entries()) {
      expect((await look(browserOf(answer), tokens[place]!.id)).status).toBe(200);
    }
    expect(new Set(answers.map(cookieValue)).size).toBe(4);
    expect(outcome(await look(browser))).toEqual(UNAUTHENTICATED);
  });

  it('is let out by logout, for good', async () => {
    const browser = await guest();
    const foreign = { ...browser, origin: 'https://evil.example' };
    expect((await server.api.post('/api/logout', undefined, foreign)).status).toBe(403);
    expect((await look(browser)).status).toBe(200);
    const answer = await server.api.post('/api/logout', undefined, { ...browser, origin: PUBLIC_URL });
    expect(outcome(answer)).toEqual({ status: 204, body: '' });
    expect(await status(browser)).toEqual({ auth_status: 'logged_out' });
    expect(outcome(await look(browser))).toEqual(UNAUTHENTICATED);
  });

  describe('when somebody signs in there', () => {
    const credentials = () => ({ username: ada.email, password: ada.password });

    it('is his from then on, with what it could see; the guest’s cookie is dead', async () => {
      const browser = await guest();
      const signedIn = await signIn(server.api, ada, browser);
      const other = await newVisitor(server, `other-${video}@example.org`);
      const seen = video;
      const bobs = await guest();
      const bob = await signIn(server.api, other, bobs);
      expect((await look(bob)).body).toEqual({ href: `/api/video/${video}`, permissions: [] });
      expect(await status(bob)).toMatchObject({ user: { username: other.email } });
      expect((await look(signedIn, seen)).body).toMatchObject({
        permissions: ['can_comment', 'can_download'],
      });
      for (const dead of [browser, bobs]) expect(outcome(await look(dead))).toEqual(UNAUTHENTICATED);
    });

    it('stays as it is when the sign-in fails', async () => {
      const browser = await guest();
      const answer = await server.api.post('/api/login', { ...credentials(), password: 'wrong' }, browser);
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([400, null]);
      expect((await look(browser)).status).toBe(200);
    });

    it('goes over to who registers, too', async () => {
      const browser = await guest();
      const body = { username: `new-${video}@example.org`, password: 'pass word 12', name: 'New' };
      const registered = browserOf(await server.api.post('/api/register', body, browser));
      expect((await look(registered)).status).toBe(200);
      expect(outcome(await look(browser))).toEqual(UNAUTHENTICATED);
    });

    it('takes what it could see along, but revives nothing that was taken back or had ended', async () => {
      const other = await newVisitor(server, `later-${video}@example.org`);
      const browser = await guest();
      const { items } = (await server.api.get(`/api/video/${video}/collaborators`, ada.browser)).body;
      const signedIn = await signIn(server.api, other, browser);
      expect((await look(signedIn)).status).toBe(200);
      await server.api.send('DELETE', items[0].href as string, undefined, ada.browser);
      expect(outcome(await look(signedIn))).toEqual(DENIED);

      const leaving = await guest();
      await server.api.post('/api/logout', undefined, leaving);
      expect(outcome(await look(await signIn(server.api, other, leaving)))).toEqual(DENIED);
    });
  });

  describe('a signed-in user who shows a token', () => {
    it('stays himself; this session of his sees the video, no other does', async () => {
      const bob = await newVisitor(server, `bob-${video}@example.org`);
      const elsewhere = await signIn(server.api, bob);
      const browser = browserOf(await validate(server.api, await tokenOfNext(), bob.browser));
      expect(await status(browser)).toMatchObject({
        auth_status: 'logged_in',
        user: { username: bob.email },
      });
      expect((await look(browser)).status).toBe(200);
      expect(outcome(await look(elsewhere))).toEqual(DENIED);
      expect(await status(bob.browser)).toEqual({ auth_status: 'logged_out' });
      expect((await server.api.get('/v1/sessions', browser)).body.items).toHaveLength(2);
    });

    it('loses it with the session', async () => {
      const bob = await newVisitor(server, `leaver-${video}@example.org`);
      const browser = browserOf(await validate(server.api, await tokenOfNext(), bob.browser));
      await server.api.post('/api/logout', undefined, browser);
      expect(outcome(await look(browser))).toEqual(UNAUTHENTICATED);
      expect(outcome(await look(await signIn(server.api, bob)))).toEqual(DENIED);
    });
  });

  describe('ends', () => {
    afterEach(async () => {
      ada = { ...ada, browser: await signIn(server.api, ada) };
    });

    it('after a day without use, on every node', async () => {
      const browser = await guest();
      server.clock.advance(20 * HOUR);
      expect((await look(browser)).status).toBe(200);
      await server.get(GrantUse).flush();
      server.clock.advance(20 * HOUR);
      expect((await look(browser)).status).toBe(200);
      await server.get(GrantUse).flush();
      server.clock.advance(DAY + MINUTE);
      expect(outcome(await look(browser))).toEqual(UNAUTHENTICATED);
    });

    it('after 30 days, however often it is used; and what it sees ends with the token', async () => {
      const token = await tokenOfNext();
      const early = browserOf(await validate(server.api, token));
      for (let day = 0; day < 29; day++) {
        server.clock.advance(DAY - MINUTE);
        expect((await look(early)).status).toBe(200);
      }
      const late = browserOf(await validate(server.api, token));
      server.clock.advance(DAY / 2);
      for (const browser of [early, late]) expect((await look(browser)).status).toBe(200);
      server.clock.advance(DAY / 2 + HOUR);
      expect(outcome(await look(early))).toEqual(UNAUTHENTICATED);
      expect(outcome(await look(late))).toEqual(DENIED);
    });
  });
});
