import { CollaboratorsRepository } from '../../src/collaborators/collaborators.repository.js';
import { digestOf } from '../../src/common/digest.js';
import { newId } from '../../src/common/ids.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { outcome } from '../support/api.js';
import { dumpDatabase } from '../support/database-dump.js';
import { mailsWrittenTo } from '../support/declared-people.js';
import { signInAt001 } from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { KnownSecrets } from '../support/known-secrets.js';
import { DENIED, INVALID_REQUEST, MISSING } from '../surfaces/romeo/answers.js';
import {
  browserOf,
  cookieValue,
  invite,
  newVisitor,
  tokenIn,
  validate,
  type Visitor,
} from '../surfaces/romeo/browsers.js';

/** Reference note of 002, section 6, as far as it is about tokens of mails. */
describe('document 002, weaknesses of its origin', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let bob: Visitor;
  let video = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await newVisitor(server, 'ada@example.org');
    bob = await newVisitor(server, 'bob@example.org');
  }, 30_000);
  afterAll(() => server.stop());
  beforeEach(() => (video += 1));

  const post = (browser: Visitor['browser'], body: object) =>
    server.api.post(`/api/video/${video}/collaborators`, body, browser);

  it('what else was given by this server is no token: cookies, JWTs, keys of rows, digests', async () => {
    const token = await invite(server, ada, video);
    const { id } = (await server.api.get(`/api/video/${video}/collaborators`, ada.browser)).body.items[0];
    const cookie = ada.browser.cookie.slice('session='.length);
    const jwt = await signInAt001(server.api, ada);
    for (const other of [
      cookie,
      jwt,
      id,
      ada.uid,
      digestOf(token),
      digestOf(cookie),
      `${token} `,
      token.toUpperCase() + '0',
    ]) {
      expect(outcome(await validate(server.api, other))).toEqual(INVALID_REQUEST);
    }
  });

  it('a collaborator’s token is nobody’s to keep: another who shows it takes nothing from the first', async () => {
    const token = await invite(server, ada, video, { can_download: true });
    const first = browserOf(await validate(server.api, token));
    const bobs = browserOf(await validate(server.api, token, bob.browser));
    for (const browser of [first, bobs]) {
      expect((await server.api.get(`/api/video/${video}`, browser)).body.permissions).toEqual([
        'can_download',
      ]);
    }
    bob = { ...bob, browser: bobs };
    expect(outcome(await post(bob.browser, { email: 'x@example.org', name: 'X' }))).toEqual(DENIED);
    expect(outcome(await server.api.get(`/api/video/${video}/collaborators`, bob.browser))).toEqual(DENIED);
  });

  it('who registers an invited address gets nothing by that', async () => {
    await invite(server, ada, video, { email: `invited-${video}@example.org`, can_download: true });
    const body = { username: `invited-${video}@example.org`, password: 'pass word 12', name: 'Thief' };
    const thief = browserOf(await server.api.post('/api/register', body));
    expect(outcome(await server.api.get(`/api/video/${video}`, thief))).toEqual(DENIED);
  });

  it('an invitation carries no words, links or headers of the inviter’s choice', async () => {
    const [account] = (await server.api.get('/api', bob.browser)).body.account.href.split('?') as [string];
    const name = 'Bank https://evil.example/login\r\nBcc: eve@example.org <b>{{link}}</b> www.evil.example';
    expect((await server.api.patch(account, { display_name: name }, bob.browser)).status).toBe(200);
    const email = `mark-${video}@example.org`;
    expect((await post(bob.browser, { email, name: 'You won! https://evil.example' })).status).toBe(204);
    const mail = await server.mailbox.waitFor(email);
    expect(mail.subject).toBe('You are invited to look at a video');
    expect(mail.links).toHaveLength(1);
    expect(mail.to).toHaveLength(1);
    expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
    expect(`${mail.text}${mail.html}`).not.toMatch(/evil\.example|:\/\/evil|<b>|You won|\{\{/);
    expect(mail.text).toContain('“Bank https evil. example login Bcc eve example. org b link b”');
  });

  it('bounds how many may be invited to one video', async () => {
    await invite(server, ada, video, { email: 'crowd-0@example.org' });
    const person = { videoId: video, name: 'C', canComment: false, canDownload: false, expiresAt: 0, now: 0 };
    await server.get(UnitOfWork).run(async (tx) => {
      for (let more = 1; more < 100; more++) {
        await server
          .get(CollaboratorsRepository)
          .add(tx, { ...person, id: newId(), email: `crowd-${more}@example.org` });
      }
    });
    expect(outcome(await post(ada.browser, { email: 'too-many@example.org', name: 'C' }))).toEqual(
      INVALID_REQUEST,
    );
    expect((await post(ada.browser, { email: 'crowd-5@example.org', name: 'C' })).status).toBe(204);
    expect(await mailsWrittenTo(server, 'too-many@example.org')).toEqual([]);
  });

  it('keeps no token and no cookie, in the database or the log', async () => {
    const secrets = new KnownSecrets();
    const token = secrets.note('collaborator token', await invite(server, ada, video));
    const shown = await validate(server.api, token);
    secrets.note('guest cookie', cookieValue(shown));
    const more = secrets.note('second token', await invite(server, ada, (video += 1)));
    secrets.note('renewed cookie', cookieValue(await validate(server.api, more, browserOf(shown))));
    const { email } = bob;
    await server.api.post('/v1/sign-in-links', { email });
    const link = secrets.note('sign-in token', tokenIn((await server.mailbox.waitFor(email)).text!));
    secrets.note('user’s cookie', cookieValue(await validate(server.api, link)));
    expect((await server.api.get(`/video/1?token=${token}`)).status).toBe(404);
    expect(secrets.tracesIn(await dumpDatabase(server.database))).toEqual([]);
    expect(secrets.tracesIn(server.log())).toEqual([]);
  });

  it('answers no fault of ours to anything that is sent', async () => {
    const values = [
      null,
      true,
      1,
      1e400,
      '',
      '\u0000',
      '\ud800',
      'x'.repeat(100_000),
      [],
      [[]],
      {},
      { $ne: 1 },
      '𝔄@𝔟.example',
    ];
    for (const value of values) {
      for (const field of ['email', 'name', 'can_download', 'can_comment']) {
        const { status } = await post(ada.browser, { email: 'f@example.org', name: 'F', [field]: value });
        expect([field, value, status < 500]).toEqual([field, value, true]);
      }
      expect((await validate(server.api, value)).status).toBe(400);
    }
    for (const id of ['%00', '%', "1'--", '9'.repeat(300), '１']) {
      const { status } = await server.api.get(`/api/video/${id}`, ada.browser);
      expect([id, [400, 404].includes(status)]).toEqual([id, true]);
      const gone = await server.api.send(
        'DELETE',
        `/api/video/${video}/collaborators/${id}`,
        undefined,
        ada.browser,
      );
      expect([id, gone.status < 500]).toEqual([id, true]);
    }
    expect(outcome(await server.api.get('/api/video', ada.browser))).toEqual(MISSING);
  });
});
