import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ApplyManifests } from './apply-manifests.service.js';
import { BackupUserManifests } from './backup-user.manifest.js';
import { MANIFEST_KINDS, type ManifestKind } from './manifest-kind.js';
import { OAuthClientManifests } from './oauth-client.manifest.js';
import { ReloadManifests } from './reload-manifests.service.js';
import { SecretManifests } from './secret.manifest.js';
import { UserManifests } from './user.manifest.js';

/** Every kind, in the order in which they are applied. */
const KINDS = [OAuthClientManifests, UserManifests, BackupUserManifests, SecretManifests];

/** YAML manifests: users and clients as code. */
@Module({
  imports: [AccountsModule],
  providers: [
    ...KINDS,
    { provide: MANIFEST_KINDS, useFactory: (...kinds: ManifestKind[]) => kinds, inject: KINDS },
    ApplyManifests,
    ReloadManifests,
  ],
  exports: [ApplyManifests, ReloadManifests],
})
export class ManifestsModule {}
