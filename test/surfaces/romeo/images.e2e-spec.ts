import sharp from 'sharp';
import { outcome } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { animatedPng, animatedWebp, canvas, picture, type Format } from '../../support/images.js';
import { formErrors } from './answers.js';
import { accountOf, fetchImage, mediaFiles, newVisitor, pathOf, upload, type Visitor } from './visitors.js';

const ADDRESS = new RegExp(`^${PUBLIC_URL}/media/[0-9a-f]{64}\\.(png|jpg|webp)$`);
const TYPES: readonly [Format, string][] = [
  ['png', 'image/png'],
  ['jpeg', 'image/jpeg'],
  ['webp', 'image/webp'],
];

describe('document 002, images of an account', () => {
  let server: TestGatehouse;
  let ada: Visitor;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  beforeEach(async () => {
    ada = await newVisitor(server, `person-${(people += 1)}@example.org`);
  });
  afterAll(() => server.stop());

  it('are changed as the document prints it, byte for byte', async () => {
    const body = Buffer.concat([
      Buffer.from(
        '-----xxx\r\nContent-Disposition: form-data; name="avatar"; filename="img.png"\r\n' +
          'Content-Type: application/octet-stream\r\n\r\n',
      ),
      await picture('png'),
      Buffer.from('\r\n-----xxx--\r\n'),
    ]);
    const type = { 'content-type': 'multipart/form-data; boundary=---xxx' };
    const answer = await server.api.patch(ada.account, body, { ...ada.headers, ...type });
    const changed = {
      href: ada.account,
      name: expect.any(String) as string,
      display_name: expect.any(String) as string,
      description: '',
      profile_cover: null,
      avatar: expect.stringMatching(ADDRESS) as string,
    };
    expect(outcome(answer)).toEqual({ status: 200, body: changed });
    expect(outcome(await server.api.get(ada.account, ada.headers))).toEqual(outcome(answer));
  });

  it('are changed together with texts, and shown wherever the account is', async () => {
    const answer = await upload(server, ada, {
      display_name: ' Ada ',
      description: 'An anal\u00ffst',
      avatar: await picture('png'),
      profile_cover: await picture('jpeg'),
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ display_name: 'Ada', description: 'An anal\u00ffst' });
    expect(answer.body.avatar).toMatch(/\.png$/);
    expect(answer.body.profile_cover).toMatch(/\.jpg$/);
    const status = await server.api.get('/api', ada.headers);
    expect(status.body.account).toEqual(answer.body);
    const login = await server.api.post('/api/login', { username: ada.email, password: PASSWORD });
    expect(login.body.account).toEqual(answer.body);
  });

  it.each(TYPES)('are served to everybody: %s as %s', async (format, type) => {
    const sent = await picture(format, { width: 60, height: 40 });
    const { avatar } = (await upload(server, ada, { avatar: sent })).body as { avatar: string };
    const response = await fetch(`${server.api.address}${pathOf(avatar)}`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=31536000, immutable',
      etag: `"${pathOf(avatar).slice('/media/'.length)}"`,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(Number(response.headers.get('content-length'))).toBe(bytes.length);
    expect(await sharp(bytes).metadata()).toMatchObject({ format, width: 60, height: 40 });
  });

  it('are not sent again to who has them, and a HEAD tells their size', async () => {
    const { avatar } = (await upload(server, ada, { avatar: await picture('png') })).body as {
      avatar: string;
    };
    const path = pathOf(avatar);
    const { length } = await fetchImage(server, avatar);
    const head = await server.api.send('HEAD', path, undefined);
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([200, '', `${length}`]);
    const etag = head.headers.get('etag') ?? '';
    const again = await server.api.get(path, { 'if-none-match': etag });
    expect([again.status, again.body, again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await server.api.get(path, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  it('have a new name with every upload, also of the same picture', async () => {
    const avatar = await picture('png');
    const first = (await upload(server, ada, { avatar })).body.avatar as string;
    const second = (await upload(server, ada, { avatar })).body.avatar as string;
    expect(second).not.toBe(first);
    expect((await server.api.get(pathOf(first))).status).toBe(404);
  });

  it('lose all that is not picture: place, camera, colour profile, orientation', async () => {
    const sent = await canvas({ width: 60, height: 40 })
      .withIccProfile('p3')
      .withExif({ IFD0: { Copyright: 'Lovelace' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect(await sharp(sent).metadata()).toMatchObject({
      orientation: 6,
      exif: expect.any(Buffer) as Buffer,
    });
    const { avatar } = (await upload(server, ada, { avatar: sent })).body as { avatar: string };
    const kept = await fetchImage(server, avatar);
    expect(kept.includes('Lovelace')).toBe(false);
    const { exif, icc, xmp, orientation, width, height } = await sharp(kept).metadata();
    expect({ exif, icc, xmp, orientation, width, height }).toEqual({ width: 40, height: 60 });
  });

  it('are made smaller where a side is over 8,192, and never larger', async () => {
    const sent = await picture('jpeg', { width: 16_384, height: 200 });
    const { profile_cover } = (await upload(server, ada, { profile_cover: sent })).body as {
      profile_cover: string;
    };
    const kept = await sharp(await fetchImage(server, profile_cover)).metadata();
    expect([kept.width, kept.height]).toEqual([8_192, 100]);
  });

  it('stand still: of an animation the first frame is kept', async () => {
    for (const sent of [await animatedWebp(), animatedPng()]) {
      const { avatar } = (await upload(server, ada, { avatar: sent })).body as { avatar: string };
      const kept = await fetchImage(server, avatar);
      expect((await sharp(kept).metadata()).pages ?? 1).toBe(1);
      expect(kept.includes('acTL')).toBe(false);
    }
  });

  it('are taken away by JSON’s null', async () => {
    await upload(server, ada, { avatar: await picture('png'), profile_cover: await picture('png') });
    const before = mediaFiles(server);
    const answer = await server.api.patch(ada.account, { avatar: null, display_name: 'x' }, ada.headers);
    expect(answer.body).toMatchObject({
      avatar: null,
      profile_cover: expect.stringMatching(ADDRESS) as string,
    });
    expect(mediaFiles(server)).toHaveLength(before.length - 1);
    expect((await server.api.patch(ada.account, { avatar: null }, ada.headers)).status).toBe(200);
  });

  it('change all together or not at all, with every fault told', async () => {
    await upload(server, ada, { display_name: 'Ada', avatar: await picture('png') });
    const [before, files] = [await accountOf(server, ada), mediaFiles(server)];
    const good = await picture('png');
    for (const [parts, faults] of [
      [
        { display_name: '', avatar: good, profile_cover: 'text' },
        { display_name: ['This field is required.'], profile_cover: ['Invalid image.'] },
      ],
      [
        { display_name: 'x'.repeat(101), description: 'x'.repeat(70_000), avatar: Buffer.from('none') },
        { display_name: ['Too long.'], description: ['Too long.'], avatar: ['Invalid image.'] },
      ],
      [
        { display_name: 'other', avatar: good, profile_cover: Buffer.from('<svg/>') },
        { profile_cover: ['Invalid image.'] },
      ],
      [{ description: 'x'.repeat(1_001), avatar: good }, { description: ['Too long.'] }],
    ] as const) {
      expect(outcome(await upload(server, ada, parts))).toEqual(formErrors(faults));
      expect(await accountOf(server, ada)).toEqual(before);
      expect(mediaFiles(server)).toEqual(files);
    }
  });
});
