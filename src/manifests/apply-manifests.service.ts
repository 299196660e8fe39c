import { Inject, Injectable, Logger } from '@nestjs/common';
import { DeclaredIdentifierTaken } from '../accounts/accounts.errors.js';
import type { DeclarationReport, PreparedDeclarations } from '../accounts/declaration-report.js';
import { DeclareClients } from '../accounts/declare-clients.service.js';
import { DeclareUsers } from '../accounts/declare-users.service.js';
import type { DeclaredClient } from '../accounts/declared-client.js';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { Config } from '../config/config.js';
import { ManifestsFaulty } from './manifest-faults.js';
import { MANIFEST_KINDS, type Declared, type ManifestKind } from './manifest-kind.js';
import { describeReport, inWordsOf, type ManifestReport } from './manifest-report.js';
import { readManifests } from './read-manifests.js';
import type { Manifest } from './resolve-manifests.js';

type ApplySet = (users: readonly DeclaredUser[], clients: PreparedDeclarations) => Promise<DeclarationReport>;

/** Users and clients as code: keeps the database in step with the folder of manifests (contract 2). */
@Injectable()
export class ApplyManifests {
  private readonly logger = new Logger(ApplyManifests.name);

  constructor(
    private readonly config: Config,
    @Inject(MANIFEST_KINDS) private readonly kinds: readonly ManifestKind[],
    private readonly declareClients: DeclareClients,
    private readonly declareUsers: DeclareUsers,
  ) {}

  /**
   * Applies every manifest of `MANIFESTS_DIR` in one unit of work, and answers what that did; null
   * without the setting. Logs one line with counts, names and the fields that changed.
   * @throws ManifestsFaulty with every fault at once; nothing of a faulty set is applied.
   */
  async apply(): Promise<ManifestReport | null> {
    const report = await this.withSet((users, clients) => this.declareUsers.declare(users, clients));
    if (report) this.logger.log(`Manifests: ${describeReport(report)}`);
    return report;
  }

  /**
   * What `apply` would do, without doing it.
   * @throws ManifestsFaulty as `apply` would.
   */
  plan(): Promise<ManifestReport | null> {
    return this.withSet((users, clients) => this.declareUsers.rehearse(users, clients));
  }

  private async withSet(applySet: ApplySet): Promise<ManifestReport | null> {
    const folder = this.config.manifestsDir;
    if (folder === null) return null;
    const manifests = await readManifests(folder, this.kinds);
    const set = this.kinds.flatMap((kind) =>
      manifests.flatMap(({ kind: own, declared }) => (own === kind && declared ? [declared] : [])),
    );
    const users = set.filter((declared) => !isClient(declared));
    const apply = async () => applySet(users, await this.declareClients.prepare(set.filter(isClient)));
    return inWordsOf(this.kinds, await applyTwice(folder, manifests, apply));
  }
}

function isClient(declared: Declared): declared is DeclaredClient {
  return declared.kind === 'OAuthClient';
}

async function applyTwice(
  folder: string,
  manifests: readonly Manifest[],
  apply: () => Promise<DeclarationReport>,
): Promise<DeclarationReport> {
  try {
    return await apply();
  } catch (error) {
    if (!(error instanceof DeclaredIdentifierTaken)) throw error;
  }
  // Another node that starts with the same manifests may have been first: then all is in step by now.
  try {
    return await apply();
  } catch (error) {
    throw error instanceof DeclaredIdentifierTaken ? takenFault(folder, manifests, error) : error;
  }
}

function takenFault(
  folder: string,
  manifests: readonly Manifest[],
  cause: DeclaredIdentifierTaken,
): ManifestsFaulty {
  const owner = manifests.find(
    ({ kind, declared }) => kind.kind === cause.subject.kind && declared?.name === cause.subject.name,
  );
  const place = owner ? { file: owner.document.file, document: owner.document.index } : { file: folder };
  const message = 'a name, e-mail address, phone or card declared here belongs to another user already';
  return new ManifestsFaulty([{ ...place, message }], { cause });
}
