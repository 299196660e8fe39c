import sharp from 'sharp';
import { outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { canvas, noise, picture, pngOfEqualRows, pngOfSize, type Format } from '../../support/images.js';
import { answerTo, openRequest } from '../../support/raw-request.js';
import { formErrors } from './answers.js';
import {
  accountOf,
  fetchImage,
  INVALID_IMAGE,
  mediaFiles,
  newVisitor,
  upload,
  type Parts,
  type Visitor,
} from './visitors.js';

const MIB = 1024 * 1024;
const FORMATS: readonly Format[] = ['png', 'jpeg', 'webp'];
const SCRIPT = '<html><script>alert(document.domain)</script>';
const ZIP = 'PK\u0003\u0004evil.exe';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>`;
const MISSING = { status: 404, body: { message: 'Not Found', status: 404 } };

describe('document 002, hostile images', () => {
  let server: TestGatehouse;
  let eve: Visitor;

  beforeAll(async () => {
    server = await startTestGatehouse();
    eve = await newVisitor(server, 'eve@example.org');
  });
  afterAll(() => server.stop());

  /** Not by fetch, which would tidy the path up. */
  const ask = (path: string) => answerTo(openRequest(server, 'GET', path).end());

  const refused: Record<string, () => Buffer | Promise<Buffer>> = {
    nothing: () => Buffer.alloc(0),
    text: () => Buffer.from('hello'),
    HTML: () => Buffer.from(SCRIPT),
    SVG: () => Buffer.from(SVG),
    'SVG behind a comment': () => Buffer.from(`<?xml version="1.0"?><!-- -->${SVG}`),
    PDF: () => Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF'),
    GIF: () => canvas().gif().toBuffer(),
    TIFF: () => canvas().tiff().toBuffer(),
    AVIF: () => canvas().avif().toBuffer(),
    'a JPEG that begins as a GIF': async () => Buffer.concat([Buffer.from('GIF89a'), await picture('jpeg')]),
    'a PNG behind a script': async () => Buffer.concat([Buffer.from(SCRIPT), await picture('png')]),
    'a PNG of 50,000 × 50,000': () => pngOfSize(50_000, 50_000, 10),
    'a whole PNG of 50,001,000 pixels': () => pngOfSize(50_001, 1_000, 1_000),
    'a PNG without its pixels': () => pngOfSize(100, 100, 10),
    'a PNG of no size': () => pngOfSize(0, 0, 0),
    'a small PNG that takes 32 MB when it is encoded anew': () => pngOfEqualRows(8_192, 1_000, 2),
  };
  for (const format of FORMATS) {
    for (const kept of [0.1, 0.6, 0.99]) {
      refused[`${kept * 100} per cent of a ${format}`] = async () => {
        const whole = await noise(format, 200, 200);
        return whole.subarray(0, Math.floor(whole.length * kept));
      };
    }
  }

  it.each(Object.keys(refused))('are no images: %s', async (name) => {
    const before = await accountOf(server, eve);
    const avatar = await refused[name]!();
    expect(outcome(await upload(server, eve, { display_name: 'Eve', avatar }))).toEqual(INVALID_IMAGE);
    expect(await accountOf(server, eve)).toEqual(before);
    expect(mediaFiles(server)).toEqual([]);
  });

  it('are no images when they are no files', async () => {
    const text = (await picture('png')).toString('base64');
    const fields = { avatar: text, profile_cover: ['x'] };
    const both = formErrors({ avatar: ['Invalid image.'], profile_cover: ['Invalid image.'] });
    expect(outcome(await server.api.patch(eve.account, fields, eve.headers))).toEqual(both);
    const form = new URLSearchParams({ avatar: text, profile_cover: '' });
    expect(outcome(await server.api.patch(eve.account, form, eve.headers))).toEqual(both);
    expect(outcome(await upload(server, eve, { avatar: text, profile_cover: '' }))).toEqual(both);
    for (const avatar of [{}, { bytes: [137, 80] }, 1, false, []]) {
      expect(outcome(await server.api.patch(eve.account, { avatar }, eve.headers))).toEqual(INVALID_IMAGE);
    }
    expect(mediaFiles(server)).toEqual([]);
  });

  it('over 5 MiB are refused as too large, and nothing is kept', async () => {
    const before = await accountOf(server, eve);
    const tooLarge = { status: 413, body: { error: 'invalid_request' } };
    const good = await picture('png');
    const cases: Parts[] = [
      { avatar: Buffer.alloc(5 * MIB + 1) },
      { avatar: Buffer.concat([good, Buffer.alloc(5 * MIB)]) },
      { avatar: good, profile_cover: Buffer.alloc(6 * MIB) },
      { avatar: Buffer.alloc(20 * MIB) },
      { avatar: good, other: Buffer.alloc(20 * MIB) },
    ];
    for (const parts of cases) {
      expect(outcome(await upload(server, eve, parts))).toEqual(tooLarge);
    }
    expect(await accountOf(server, eve)).toEqual(before);
    expect(mediaFiles(server)).toEqual([]);
  });

  it('of exactly 5 MiB, or of 50 megapixels, are still taken', async () => {
    const small = await picture('png');
    const full = Buffer.concat([small, Buffer.alloc(5 * MIB - small.length)]);
    const large = pngOfSize(8_000, 6_250, 6_250);
    const answer = await upload(server, eve, { avatar: full, profile_cover: large });
    expect(answer.status).toBe(200);
    const kept = await sharp(await fetchImage(server, answer.body.profile_cover as string)).metadata();
    expect([kept.width, kept.height]).toEqual([8_000, 6_250]);
    await server.api.patch(eve.account, { avatar: null, profile_cover: null }, eve.headers);
  });

  it('with rows that are alike are kept as small as they came', async () => {
    const sent = pngOfEqualRows(8_192, 1_000, 1);
    const answer = await upload(server, eve, { avatar: sent });
    expect(answer.status).toBe(200);
    const kept = await fetchImage(server, answer.body.avatar as string);
    expect(kept.length).toBeLessThan(MIB);
    await server.api.patch(eve.account, { avatar: null }, eve.headers);
  });

  it.each(FORMATS)('keep nothing of what is behind a %s', async (format) => {
    const sent = Buffer.concat([await picture(format), Buffer.from(SCRIPT + ZIP)]);
    const answer = await upload(server, eve, { avatar: sent });
    expect(answer.status).toBe(200);
    const kept = await fetchImage(server, answer.body.avatar as string);
    expect(kept.includes('<script>')).toBe(false);
    expect(kept.includes(ZIP)).toBe(false);
    expect((await sharp(kept).metadata()).format).toBe(format);
    await server.api.patch(eve.account, { avatar: null }, eve.headers);
  });

  it('have the type that they are decoded as, whatever they are called', async () => {
    const form = new FormData();
    form.set('avatar', new Blob([await picture('jpeg')], { type: 'text/html' }), '../../evil.html');
    const answer = await server.api.patch(eve.account, form, eve.headers);
    expect(answer.body.avatar).toMatch(/\/[0-9a-f]{64}\.jpg$/);
    await server.api.patch(eve.account, { avatar: null }, eve.headers);
    expect(mediaFiles(server)).toEqual([]);
  });

  it('are not to be had by a name that is none', async () => {
    const stem = '0'.repeat(64);
    for (const name of [
      `${stem}.png`,
      `${stem}.png.part`,
      stem,
      '..',
      '%2e%2e',
      '..%2fgatehouse.sqlite',
      '..%2f..%2f..%2fetc%2fpasswd',
      '..%5csecret.key',
      '%2fetc%2fpasswd',
      'x'.repeat(1_000),
    ]) {
      expect(await ask(`/media/${name}`)).toEqual(MISSING);
    }
    expect((await ask(`/media/${stem}%00.png`)).status).toBe(400);
  });
});
