import type { Readable } from 'node:stream';

/** A kept file, open: it is either streamed or closed. */
export interface OpenMedia {
  readonly size: number;
  /** Its bytes; the file is closed with the stream. */
  stream(): Readable;
  close(): Promise<void>;
}

/** Where the bytes of media are. Every name was made by `newMediaName`: nothing else may become a path. */
export abstract class MediaStorage {
  /** Keeps the bytes whole and on disk, or not at all. */
  abstract put(name: string, bytes: Buffer): Promise<void>;

  /** Null when there is no such file. */
  abstract open(name: string): Promise<OpenMedia | null>;

  /** Afterwards there is no such file, nor what an interrupted `put` left of it. */
  abstract remove(name: string): Promise<void>;
}
