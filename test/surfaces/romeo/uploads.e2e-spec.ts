import { jest } from '@jest/globals';
import { UploadSlots } from '../../../src/http/multipart/upload-slots.js';
import { outcome, type Answer } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { picture } from '../../support/images.js';
import { answerTo, openRequest } from '../../support/raw-request.js';
import { formErrors } from './answers.js';
import { accountOf, formData, mediaFiles, newVisitor, upload, type Visitor } from './visitors.js';

const MULTIPART = { 'content-type': 'multipart/form-data; boundary=xxx' };
const MALFORMED = { status: 400, body: { error: 'invalid_request' } };
const TOO_LARGE = { status: 413, body: { error: 'invalid_request' } };
const BUSY = { status: 503, body: { error: 'temporarily_unavailable' } };

const part = (head: string, value: string) =>
  `--xxx\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
const END = '--xxx--\r\n';

describe('document 002, multipart bodies', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let bob: Visitor;

  beforeAll(async () => {
    server = await startTestGatehouse({ TRUST_PROXY: '1' });
    ada = await newVisitor(server, 'ada@example.org');
    bob = await newVisitor(server, 'bob@example.org');
  });
  afterEach(() => {
    jest.restoreAllMocks();
    expect(mediaFiles(server)).toEqual([]);
  });
  afterAll(() => server.stop());

  const send = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    server.api.patch(ada.account, body, { ...ada.headers, ...MULTIPART, ...headers });
  const open = (account: string, headers: Record<string, string> = {}) =>
    openRequest(server, 'PATCH', account, { ...MULTIPART, ...headers });

  it('may hold texts alone, and nothing', async () => {
    const answer = await upload(server, ada, { display_name: ' Ada ', description: 'łęk' });
    expect(answer.body).toMatchObject({ display_name: 'Ada', description: 'łęk' });
    expect((await send(END)).status).toBe(200);
    expect((await send('')).status).toBe(200);
    expect(await accountOf(server, ada)).toMatchObject({ display_name: 'Ada', description: 'łęk' });
  });

  it('are read past what nobody asked for', async () => {
    const other = { name: 'x', other: ['a', 'b'], file: Buffer.alloc(500_000) };
    const answer = await upload(server, ada, { ...other, description: 'still read', href: '/' });
    expect(answer.body).toMatchObject({ href: ada.account, description: 'still read' });
    expect(answer.body.name).not.toBe('x');
  });

  it('name a field once, and send texts as texts', async () => {
    const image = await picture('png');
    expect(outcome(await upload(server, ada, { description: ['a', 'b'], avatar: [image, image] }))).toEqual(
      formErrors({ description: ['Invalid value.'], avatar: ['Invalid image.'] }),
    );
    expect(outcome(await upload(server, ada, { display_name: Buffer.from('Ada') }))).toEqual(
      formErrors({ display_name: ['Invalid value.'] }),
    );
  });

  it.each([
    ['no boundary at all', '', { 'content-type': 'multipart/form-data' }],
    ['not multipart', 'hello', {}],
    ['another boundary', `--yyy\r\n\r\nx\r\n--yyy--\r\n`, {}],
    ['an end before its end', part('name="description"', 'x'), {}],
    ['half a file', `--xxx\r\nContent-Disposition: form-data; name="avatar"; filename="a"\r\n\r\nPNG`, {}],
    ['a name that is not to be had', part('name="__proto__"', 'x') + END, {}],
    ['a NUL', part('name="description"', 'a\0b') + END, {}],
    [
      'bad JSON',
      '--xxx\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: application/json\r\n\r\n{\r\n--xxx--',
      {},
    ],
  ])('are refused with %s', async (_, body, headers) => {
    const before = await accountOf(server, ada);
    expect(outcome(await send(body, headers))).toEqual(MALFORMED);
    expect(await accountOf(server, ada)).toEqual(before);
  });

  it('are refused with text that is no UTF-8', async () => {
    const body = Buffer.from(part('name="description"', 'a\u00ffb') + END, 'latin1');
    expect(outcome(await send(body))).toEqual(MALFORMED);
  });

  it('have a bounded number of parts and of bytes', async () => {
    const many = Array.from({ length: 31 }, (_, index) => part(`name="a${index}"`, 'x')).join('');
    expect(outcome(await send(many + END))).toEqual(TOO_LARGE);
    const files = Array.from({ length: 11 }, (_, index) => part(`name="a${index}"; filename="a"`, 'x')).join(
      '',
    );
    expect(outcome(await send(files + END))).toEqual(TOO_LARGE);
    const told = open(ada.account, { ...ada.headers, 'content-length': `${12 * 1024 * 1024}` });
    told.flushHeaders();
    expect(await answerTo(told)).toEqual(TOO_LARGE);
    told.destroy();
  });

  it('of no told length are refused once they are too long', async () => {
    const untold = open(ada.account, ada.headers);
    const answer = answerTo(untold);
    untold.write('--xxx\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\n');
    const piece = Buffer.alloc(1024 * 1024);
    const isAnswered = answer.then(() => true);
    const isSent = () => new Promise<boolean>((resolve) => untold.write(piece, () => resolve(false)));
    untold.on('error', () => undefined);
    while (!(await Promise.race([isAnswered, isSent()])));
    expect(await answer).toEqual(TOO_LARGE);
    untold.destroy();
  });

  it('are not read before it is known that the caller may send them', async () => {
    const cases = [
      [ada.account, {}, 401, { error: 'invalid_token' }],
      [bob.account, ada.headers, 403, { error: 'access_denied' }],
      ['/api/account/999999', ada.headers, 404, { message: 'Not Found', status: 404 }],
      [ada.account, { ...ada.headers, origin: 'https://evil.example' }, 403, { error: 'access_denied' }],
    ] as const;
    for (const [path, headers, status, body] of cases) {
      // The body never comes: whoever waited for it would not answer.
      const sent = open(path, { ...headers, 'content-length': '1000' });
      sent.flushHeaders();
      expect(await answerTo(sent)).toEqual({ status, body });
      sent.destroy();
    }
  });

  /** Begins an upload and leaves it at that; resolves once the server reads it. */
  async function beginUpload(...pieces: (string | Buffer)[]) {
    const slots = server.get(UploadSlots);
    const during = slots.during.bind(slots);
    const reading = new Promise<{ ended: Promise<unknown> }>((resolve) => {
      jest.spyOn(slots, 'during').mockImplementationOnce((...args) => {
        const ended = during(...args);
        resolve({ ended: ended.catch((error: unknown) => error) });
        return ended;
      });
    });
    const sent = open(ada.account, { ...ada.headers, 'content-length': '100000' });
    sent.on('error', () => undefined);
    for (const piece of pieces) sent.write(piece);
    return { sent, ended: (await reading).ended };
  }

  it('of who hangs up leave nothing, and their place is free again', async () => {
    const before = await accountOf(server, ada);
    const head = part('name="display_name"', 'Eve') + part('name="avatar"; filename="a"', '').trimEnd();
    for (const pieces of [['--xxx\r\n'], [head], [head, await picture('png')]]) {
      for (let times = 0; times < 2; times += 1) {
        const { sent, ended } = await beginUpload(...pieces);
        sent.destroy();
        expect(await ended).toMatchObject({ code: 'malformed-body' });
      }
    }
    expect(await accountOf(server, ada)).toEqual(before);
    expect(server.log()).not.toContain('internal fault');
  });

  it('beyond four of one person or address at once are sent away, and nobody else’s', async () => {
    const elsewhere = { ...bob, headers: { ...bob.headers, 'x-forwarded-for': '192.0.2.9' } };
    const slow = [];
    for (let count = 0; count < 4; count += 1) slow.push(await beginUpload('--xxx\r\n'));
    const answer = await upload(server, ada, { description: 'fifth' });
    expect(outcome(answer)).toEqual(BUSY);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(outcome(await upload(server, bob, { description: 'bob' }))).toEqual(BUSY);
    expect((await upload(server, elsewhere, { description: 'bob' })).status).toBe(200);
    expect((await server.api.patch(ada.account, { description: 'no file' }, ada.headers)).status).toBe(200);
    for (const { sent, ended } of slow) {
      sent.destroy();
      await ended;
    }
    expect((await upload(server, ada, { description: 'fifth' })).status).toBe(200);
  });

  it('are taken nowhere else', async () => {
    for (const [method, path] of [
      ['POST', '/api/login'],
      ['POST', '/api/register'],
      ['POST', '/api/v1.1/auth/login/'],
      ['POST', '/api/oauth/token'],
      ['PUT', '/api/admin/data'],
      ['POST', '/v1/api-keys'],
    ] as const) {
      expect((await server.api.send(method, path, formData({ a: 'b' }))).status).toBe(415);
    }
  });
});
