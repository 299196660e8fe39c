import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { ApplyManifests } from './apply-manifests.service.js';
import { ManifestsFaulty } from './manifest-faults.js';

/** Applies the manifests again while the process runs: on SIGHUP. */
@Injectable()
export class ReloadManifests implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ReloadManifests.name);
  private refused = 0;
  private last: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(private readonly manifests: ApplyManifests) {}

  /** How many reloads since the start have applied nothing, for a fault of the set or of the database. */
  get failures(): number {
    return this.refused;
  }

  /**
   * Reads the folder and applies what changed, after every reload that was asked for before. Never
   * rejects: what stands in the way is logged and counted, and all stays as it was.
   */
  reload(): Promise<void> {
    this.last = this.last.then(() => this.reloadNow());
    return this.last;
  }

  /** Lets the reload that is under way come to its end; those that wait are dropped. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await this.last;
  }

  private async reloadNow(): Promise<void> {
    if (this.isStopping) return;
    try {
      const report = await this.manifests.apply();
      if (!report) this.logger.warn('MANIFESTS_DIR is not set: there are no manifests to apply');
    } catch (error) {
      this.refused += 1;
      const kept = 'The manifests were not applied, and all stays as it was';
      if (error instanceof ManifestsFaulty) this.logger.error(`${kept}:\n${error.message}`);
      else this.logger.error(kept, error);
    }
  }
}
