import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DeclarationReport } from '../accounts/declare-users.service.js';
import { Config } from '../config/config.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { ManifestsFaulty } from './manifest-faults.js';
import { MANIFEST_KINDS, type ManifestKind } from './manifest-kind.js';
import { readManifests, type Manifest } from './read-manifests.js';

const NAMES_IN_LOG = 20;

/** Users and clients as code: keeps the database in step with the folder of manifests (contract 2). */
@Injectable()
export class ApplyManifests {
  private readonly logger = new Logger(ApplyManifests.name);

  constructor(
    private readonly config: Config,
    @Inject(MANIFEST_KINDS) private readonly kinds: readonly ManifestKind[],
  ) {}

  /**
   * Applies every manifest of `MANIFESTS_DIR`, kind after kind, and answers what that did; null
   * without the setting. Logs one line with counts and names.
   * @throws ManifestsFaulty with every fault at once; nothing of a faulty set is applied.
   */
  async apply(): Promise<DeclarationReport | null> {
    const folder = this.config.manifestsDir;
    if (folder === null) return null;
    const manifests = await readManifests(folder, this.kinds);
    const reports: DeclarationReport[] = [];
    for (const kind of this.kinds) {
      const ofKind = manifests.filter((manifest) => manifest.kind === kind);
      if (ofKind.length > 0) reports.push(await this.applyKind(folder, kind, ofKind));
    }
    const report = {
      created: reports.flatMap(({ created }) => created),
      changed: reports.flatMap(({ changed }) => changed),
      unchanged: reports.flatMap(({ unchanged }) => unchanged),
    };
    this.logger.log(describeReport(report));
    return report;
  }

  private async applyKind(
    folder: string,
    kind: ManifestKind,
    manifests: readonly Manifest[],
  ): Promise<DeclarationReport> {
    const set = manifests.map(({ value }) => value);
    try {
      return await kind.apply(set);
    } catch (error) {
      if (!(error instanceof IdentifierTaken)) throw error;
    }
    // Another node that starts with the same manifests may have been first: then all is in step by now.
    try {
      return await kind.apply(set);
    } catch (error) {
      throw error instanceof IdentifierTaken ? takenFault(folder, manifests, error) : error;
    }
  }
}

function takenFault(folder: string, manifests: readonly Manifest[], cause: IdentifierTaken): ManifestsFaulty {
  const [first, ...others] = manifests;
  const message = 'a name, e-mail address, phone or card declared here belongs to another user already';
  // The core does not say whose identifier it was, only that one of the set was taken.
  const place =
    first && others.length === 0
      ? { file: first.document.file, document: first.document.index }
      : { file: folder };
  return new ManifestsFaulty([{ ...place, message }], { cause });
}

function describeReport({ created, changed, unchanged }: DeclarationReport): string {
  const count = (names: readonly string[], done: string) => {
    if (names.length === 0) return `0 ${done}`;
    const more = names.length > NAMES_IN_LOG ? ', …' : '';
    return `${names.length} ${done} (${names.slice(0, NAMES_IN_LOG).join(', ')}${more})`;
  };
  return `Manifests: ${count(created, 'created')}, ${count(changed, 'changed')}, ${unchanged.length} unchanged`;
}
