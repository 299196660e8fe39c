import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { GrantsRepository } from './grants.repository.js';

/**
 * Keeps the digests of chosen keys under the newest `SECRET_KEY`: one that is still under an older one
 * is written anew, once, after its key was shown, so that the old `SECRET_KEY` may go.
 */
@Injectable()
export class KeyDigests implements BeforeApplicationShutdown {
  private readonly logger = new Logger(KeyDigests.name);
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly repository: GrantsRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  /** Begins to write the digest and does not wait for it; what fails is tried at the key's next use. */
  renew(credentialId: string, digest: string): void {
    if (this.underWay.has(credentialId)) return;
    const writing = this.unitOfWork
      .run((tx) => this.repository.redigest(tx, credentialId, digest))
      .catch((error: unknown) => {
        this.logger.warn(`The digest of a key could not be renewed: ${(error as Error).message}`);
      })
      .finally(() => this.underWay.delete(credentialId));
    this.underWay.set(credentialId, writing);
  }
}
