import { outcome } from '../../support/api.js';
import { block, mailsWrittenTo } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { DENIED, INVALID_REQUEST, MISSING, UNAUTHENTICATED } from './answers.js';
import { browserOf, invite, newVisitor, validate, type Visitor } from './browsers.js';

const NOTHING = { status: 204, body: '' };

describe('document 002, videos and who may look', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let bob: Visitor;
  let video = 28_099_975;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await newVisitor(server, 'ada@example.org');
    bob = await newVisitor(server, 'bob@example.org');
  }, 30_000);
  afterAll(() => server.stop());
  beforeEach(() => (video += 1));

  const path = () => `/api/video/${video}`;
  const list = (headers: Record<string, string> = ada.browser) =>
    server.api.get(`${path()}/collaborators`, headers);
  const look = (headers: Record<string, string>) => server.api.get(path(), headers);

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
      await invite(server, ada, video + 1_000);
      const elsewhere = `/api/video/${video + 1_000}/collaborators/${id}`;
      expect(outcome(await server.api.send('DELETE', elsewhere, undefined, ada.browser))).toEqual(MISSING);
      expect((await list()).body.items).toHaveLength(2);
    });

    it('leaves no right behind when a token is shown at the same moment', async () => {
      const token = await invite(server, ada, video);
      const id = await invited();
      const [removed, ...shown] = await Promise.all([
        remove(id),
        ...[1, 2, 3].map(() => validate(server.api, token)),
      ]);
      expect(removed.status).toBe(204);
      for (const answer of shown) {
        expect([200, 400]).toContain(answer.status);
        if (answer.status === 200) expect((await look(browserOf(answer))).status).toBe(403);
      }
    });
  });

  it('ends with the owner: while he is blocked his tokens open nothing', async () => {
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
