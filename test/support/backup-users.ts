import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { ApplyManifests } from '../../src/manifests/apply-manifests.service.js';
import type { TestGatehouse } from './gatehouse.js';

/** A password as document 001 writes it: salt and digest with padding, all of it base64 once more. */
export async function encodedPassword(password: string): Promise<string> {
  const phc = await hash(password, { memoryCost: 64, timeCost: 1, parallelism: 4 });
  const [, kind, version, parameters, salt, digest] = phc.split('$');
  const padded = [salt, digest].map((part) => Buffer.from(part!, 'base64').toString('base64'));
  return Buffer.from(`$${kind}$${version}$${parameters}$${padded.join('$')}`).toString('base64');
}

/** Applies BackupUsers, by their names, as the whole of a folder of manifests. */
export async function declareBackupUsers(
  server: TestGatehouse,
  folder: string,
  users: Readonly<Record<string, Record<string, unknown>>>,
  secrets: Readonly<Record<string, string>> = {},
): Promise<void> {
  const documents: object[] = [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'passwords' }, data: secrets },
    ...Object.entries(users).map(([name, spec]) => ({
      apiVersion: 'backups.riotkit.org/v1alpha1',
      kind: 'BackupUser',
      metadata: { name },
      spec,
    })),
  ];
  writeFileSync(join(folder, 'all.yaml'), documents.map((one) => JSON.stringify(one)).join('\n---\n'));
  await server.get(ApplyManifests).apply();
}
