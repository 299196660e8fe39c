import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { FactorsModule } from '../factors/factors.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { FurtherWaysIn } from '../users/further-ways-in.service.js';
import { UsersModule } from '../users/users.module.js';
import { ExternalSignIn } from './external-sign-in.service.js';
import { IdentitiesController } from './identities.controller.js';
import { LinkedIdentitiesRepository } from './linked-identities.repository.js';
import { LinkedIdentityEntity } from './linked-identity.entity.js';
import { LinkedSignIn } from './linked-sign-in.service.js';
import { ManageIdentities } from './manage-identities.service.js';
import { ProofEntity } from './openid/proof.entity.js';
import { ProofsRepository } from './openid/proofs.repository.js';
import { Proofs } from './openid/proofs.service.js';
import { PersonalIdentitiesRepository } from './personal-identities.repository.js';
import { Providers } from './providers.service.js';
import { RegisterLinked } from './register-linked.service.js';
import { SignInAttemptEntity } from './sign-in-attempt.entity.js';
import { SignInAttemptsRepository } from './sign-in-attempts.repository.js';
import { SignInAttempts } from './sign-in-attempts.service.js';
import { Endings } from '../database/endings.service.js';

/** Signing in with an account elsewhere: providers, and the identities that are linked to users. */
@Module({
  imports: [
    AccountsModule,
    AuthModule,
    DatabaseModule.forFeature([LinkedIdentityEntity, ProofEntity, SignInAttemptEntity]),
    FactorsModule,
    GrantsModule,
    NoticesModule,
    UsersModule,
  ],
  controllers: [IdentitiesController],
  providers: [
    ExternalSignIn,
    LinkedIdentitiesRepository,
    LinkedSignIn,
    ManageIdentities,
    PersonalIdentitiesRepository,
    Proofs,
    ProofsRepository,
    Providers,
    RegisterLinked,
    SignInAttempts,
    SignInAttemptsRepository,
  ],
  exports: [ExternalSignIn, SignInAttempts],
})
export class SocialModule {
  constructor(
    endings: Endings,
    waysIn: FurtherWaysIn,
    attempts: SignInAttemptsRepository,
    proofs: ProofsRepository,
    linked: LinkedIdentitiesRepository,
    personal: PersonalData,
    identities: PersonalIdentitiesRepository,
  ) {
    personal.addMany('linkedIdentities', (db, subject, look) => identities.tell(db, subject, look));
    personal.addErasure((tx, subject) => identities.forgetProofs(tx, subject));
    waysIn.add((tx, userId) => linked.deleteOf(tx, userId));
    waysIn.addLook(async (db, userId) => (await linked.findOf(db, userId)).length > 0);
    endings.addRows((tx, now, batch) => attempts.purge(tx, now, batch));
    endings.addRows((tx, now, batch) => proofs.purge(tx, now, batch));
  }
}
