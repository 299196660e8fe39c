import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

export type Format = 'png' | 'jpeg' | 'webp';

interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly background?: string;
}

/** A picture of one colour. */
export const canvas = ({ width = 60, height = 40, background = '#c81e05' }: Look = {}) =>
  sharp({ create: { width, height, channels: 3, background } });

/** The bytes of a picture of one colour. */
export const picture = (format: Format, look: Look = {}): Promise<Buffer> =>
  canvas(look).toFormat(format).toBuffer();

/** A picture that hardly compresses: about three bytes a pixel as PNG. */
export const noise = (format: Format, width: number, height: number): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: 'black',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .toFormat(format)
    .toBuffer();

/** An animation of two frames, the first red and the second blue. */
export async function animatedWebp(): Promise<Buffer> {
  const look = { width: 20, height: 20 };
  const frames = ['red', 'blue'].map((background) => picture('png', { ...look, background }));
  return sharp(await Promise.all(frames), { join: { animated: true } })
    .webp()
    .toBuffer();
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG that says it is this large, with as many black pixels as `rows` hold: small, until it is decoded. */
export function pngOfSize(width: number, height: number, rows: number, ...extra: Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows));
  return pngOf(header, ...extra, chunk('IDAT', pixels));
}

/**
 * A PNG of hundreds of kilobytes with the same noisy rows again and again, a byte a pixel of a palette with
 * transparency: as RGBA its rows are too long for an encoder to see that they are alike.
 * @param different how many rows differ; with one, an encoder that looks at the row before sees it.
 */
export function pngOfEqualRows(width: number, height: number, different: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const rows = Array.from({ length: different }, () => Buffer.concat([Buffer.alloc(1), randomBytes(width)]));
  const pixels = Buffer.concat(
    Array.from({ length: height }, (_, y) => rows[y % different] ?? Buffer.alloc(0)),
  );
  const palette = [chunk('PLTE', randomBytes(768)), chunk('tRNS', randomBytes(256))];
  return pngOf(header, ...palette, chunk('IDAT', deflateSync(pixels)));
}

const pngOf = (header: Buffer, ...chunks: Buffer[]) =>
  Buffer.concat([SIGNATURE, chunk('IHDR', header), ...chunks, chunk('IEND', Buffer.alloc(0))]);

/** A PNG of two frames, as browsers animate it. */
export function animatedPng(): Buffer {
  const [control, frame] = [Buffer.alloc(8), Buffer.alloc(26)];
  control.writeUInt32BE(2, 0);
  frame.writeUInt32BE(20, 4);
  frame.writeUInt32BE(20, 8);
  return pngOfSize(20, 20, 20, chunk('acTL', control), chunk('fcTL', frame));
}
