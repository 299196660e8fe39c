import type { Config } from '../config/config.js';
import { pendingMigrations } from '../database/migrate.js';
import { ApplyManifests } from '../manifests/apply-manifests.service.js';
import type { ManifestReport } from '../manifests/manifest-report.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import type { Options } from './options.js';

/**
 * `plan` tells what applying the manifests of `MANIFESTS_DIR` would create and change, and changes
 * nothing; `apply` does it, also while a server is running, which honours it on the next request.
 * Names and fields are told, never values.
 * @throws ManifestsFaulty with every fault at once
 */
export async function runManifests(
  config: Config,
  [verb, ...rest]: string[],
  { json }: Options,
): Promise<string> {
  if ((verb !== 'plan' && verb !== 'apply') || rest.length > 0) {
    throw new CommandFault('use: gatehouse manifests plan|apply [--json]', 2);
  }
  if (verb === 'plan' && (await pendingMigrations(config.database.url)).length > 0) {
    throw new CommandFault(
      'the database is not up to date, so nothing can be planned: run gatehouse migrate first',
      1,
    );
  }
  const report = await withGatehouse(config, (app) => app.get(ApplyManifests)[verb]());
  if (!report) throw new CommandFault('MANIFESTS_DIR is not set', 1);
  return json ? JSON.stringify(report) : inLines(report, verb);
}

function inLines({ created, changed, unchanged }: ManifestReport, verb: 'plan' | 'apply'): string {
  const words =
    verb === 'plan'
      ? { create: 'would create', change: 'would change' }
      : { create: 'created', change: 'changed' };
  return [
    ...created.map(({ kind, name, fields }) => `${words.create} ${kind} ${name}: ${fields.join(', ')}`),
    ...changed.map(({ kind, name, fields }) => `${words.change} ${kind} ${name}: ${fields.join(', ')}`),
    `${unchanged.length} unchanged`,
  ].join('\n');
}
