import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Overloaded } from '../common/errors.js';
import { ImageQueue, type ImageOwner } from './image-queue.js';
import type { MediaEnding } from './media-name.js';
import { ImageRefused } from './media.errors.js';
import { loadSharp } from './sharp-library.js';

const MOST_PIXELS = 50_000_000;
const LONGEST_SIDE = 8_192;
const PATIENCE_SECONDS = 10;
/** Some pictures are far longer encoded than they were sent; nobody should keep, nor fetch, those. */
const MOST_BYTES = 10 * 1024 * 1024;

/** What each format that is taken is kept as. */
const ENDINGS: Readonly<Record<string, MediaEnding | undefined>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

/** An image that was made here: it has nothing of the sent file but its picture. */
export interface RecodedImage {
  readonly ending: MediaEnding;
  readonly bytes: Buffer;
}

/** Makes of sent bytes an image that is safe to serve. */
@Injectable()
export class RecodeImage implements OnModuleDestroy {
  constructor(private readonly queue: ImageQueue) {}

  /**
   * Decodes the bytes, whatever their sender called them, and encodes the picture anew in its own format:
   * upright, in sRGB, with sides of at most 8,192, of an animation its first frame. What a file has beside
   * its picture (place, camera, profiles, whatever is appended) is gone. An image is never made larger.
   * Images are decoded one at a time, and their owners take turns.
   * @throws ImageRefused for all but a whole PNG, JPEG or WebP of at most 50 megapixels that takes at most
   *   10 MiB when it is encoded anew; Overloaded; AbortError when the owner's signal was aborted before his turn
   * Spec: contract 4.3.
   */
  recode(owner: ImageOwner, bytes: Buffer): Promise<RecodedImage> {
    if (bytes.length === 0) return Promise.reject(new ImageRefused());
    return this.queue.run(owner, () => decode(bytes));
  }

  /** A process that stops begins no image any more: it could not wait for its end. */
  onModuleDestroy(): void {
    void this.queue.close();
  }

  /** Resolves once no image is under way, nor will be. */
  stopped(): Promise<void> {
    return this.queue.close();
  }
}

async function decode(bytes: Buffer): Promise<RecodedImage> {
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS, sequentialRead: true });
    const { format } = await image.metadata();
    const ending = ENDINGS[format];
    if (!ending) throw new ImageRefused();
    // Without it a picture whose rows are alike grows a thousandfold.
    if (ending === 'png') image.png({ adaptiveFiltering: true });
    const recoded = await image
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: PATIENCE_SECONDS })
      .toBuffer();
    if (recoded.length > MOST_BYTES) throw new ImageRefused();
    return { ending, bytes: recoded };
  } catch (error) {
    if (error instanceof ImageRefused) throw error;
    if (isTimeout(error)) throw new Overloaded(PATIENCE_SECONDS, { cause: error });
    throw new ImageRefused({}, { cause: error });
  }
}

function isTimeout(error: unknown): boolean {
  return /\btimeout\b/.test(String((error as Error).message));
}
