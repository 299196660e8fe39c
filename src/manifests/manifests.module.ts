import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ApplyManifests } from './apply-manifests.service.js';
import { MANIFEST_KINDS, type ManifestKind } from './manifest-kind.js';
import { UserManifests } from './user.manifest.js';

/** Every kind, in the order in which they are applied: what others refer to comes first. */
const KINDS = [UserManifests];

/** YAML manifests: users and clients as code. */
@Module({
  imports: [AccountsModule],
  providers: [
    ...KINDS,
    { provide: MANIFEST_KINDS, useFactory: (...kinds: ManifestKind[]) => kinds, inject: KINDS },
    ApplyManifests,
  ],
  exports: [ApplyManifests],
})
export class ManifestsModule {}
