import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { ExportUsers } from '../accounts/moving/export-users.service.js';
import type { Actor } from '../common/actor.js';
import type { ImportFormat } from './import-file.js';
import { USER_LINES } from './user-lines.js';

const OWNER_ONLY = 0o600;

/** Writes everybody into a file that `ImportFile` reads. It holds hashes of passwords: it is a secret. */
@Injectable()
export class ExportFile {
  constructor(private readonly users: ExportUsers) {}

  /**
   * Writes the file whole, or leaves what was there: it is written beside, for its owner alone, and takes
   * its place at the end. Answers how many users it holds.
   */
  async toFile(actor: Actor, path: string, source: string, format: ImportFormat): Promise<number> {
    const beside = `${path}.${randomUUID()}.part`;
    try {
      const count = await this.toStream(
        actor,
        createWriteStream(beside, { mode: OWNER_ONLY, flags: 'wx' }),
        source,
        format,
      );
      const written = await open(beside, 'r+');
      try {
        await written.sync();
      } finally {
        await written.close();
      }
      await rename(beside, path);
      return count;
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  /** Writes to a stream and ends it, as fast as it takes it. Answers how many users there were. */
  async toStream(actor: Actor, stream: Writable, source: string, format: ImportFormat): Promise<number> {
    const lines = USER_LINES[format];
    const { users } = this;
    let count = 0;
    await pipeline(async function* () {
      yield lines.header;
      for await (const page of users.pages(actor, source)) {
        count += page.length;
        yield page.map((user) => lines.line(user)).join('');
      }
    }, stream);
    return count;
  }
}
