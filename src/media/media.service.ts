import { Injectable, Logger } from '@nestjs/common';
import { Clock, HOUR } from '../common/clock.js';
import { NotFound } from '../common/errors.js';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { mediaTypeOf, newMediaName } from './media-name.js';
import { MediaStorage, type OpenMedia } from './media-storage.js';
import { MediaRepository } from './media.repository.js';
import type { RecodedImage } from './recode-image.service.js';

/**
 * Files that accounts show. Each has a row, which is there before the file and until after it: what a
 * killed process leaves is found by its row and swept.
 */
@Injectable()
export class Media {
  private readonly logger = new Logger(Media.name);

  constructor(
    private readonly repository: MediaRepository,
    private readonly storage: MediaStorage,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps an image under a new name, which it answers. Until an account claims it nobody shows it, and
   * after an hour it is swept. Not to be called inside a unit of work.
   */
  async store(image: RecodedImage): Promise<string> {
    const name = newMediaName(image.ending);
    await this.unitOfWork.run((tx) => this.repository.insert(tx, name, this.clock.now()));
    await this.storage.put(name, image.bytes);
    return name;
  }

  /**
   * Makes `claimed`, stored a moment ago, the account's, and everything of it but `shown` nobody's.
   * @returns what nobody shows any more: to be discarded after the commit.
   */
  async assign(
    tx: Tx,
    accountId: number,
    names: { claimed: readonly string[]; shown: readonly string[] },
  ): Promise<string[]> {
    const areThere = await this.repository.claim(tx, accountId, names.claimed);
    if (!areThere) throw new Error('A stored image was swept before its account claimed it');
    return this.repository.releaseOthers(tx, accountId, names.shown);
  }

  /**
   * Removes files that nobody shows; one that an account does show stays. Never throws: what cannot be
   * removed now is swept later. Not to be called inside a unit of work.
   */
  async discard(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    try {
      await this.remove(await this.repository.findFree(this.reader, names));
    } catch (error) {
      this.logger.warn(`Files could not be removed and will be swept: ${(error as Error).message}`);
    }
  }

  /** Removes at most `limit` files that no account has shown for an hour since they were made; answers how many. */
  async sweep(limit: number): Promise<number> {
    const names = await this.repository.findAbandoned(this.reader, this.clock.now() - HOUR, limit);
    await this.remove(names);
    return names.length;
  }

  /** A file by its name, open. @throws NotFound, also for a text that is no name at all */
  async open(name: string): Promise<{ readonly type: string; readonly file: OpenMedia }> {
    const type = mediaTypeOf(name);
    const file = type === null ? null : await this.storage.open(name);
    if (type === null || file === null) throw new NotFound();
    return { type, file };
  }

  private async remove(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    for (const name of names) await this.storage.remove(name);
    await this.unitOfWork.run((tx) => this.repository.deleteFree(tx, names));
  }
}
