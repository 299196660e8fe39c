import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { FactorEnrolment } from './factor-enrolment.service.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { SecondFactor } from './second-factor.service.js';
import { TotpFactorEntity } from './totp-factor.entity.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';
import { TotpSecrets } from './totp-secrets.service.js';

/** What is asked for beside the password: authenticator apps and recovery codes. */
@Module({
  imports: [DatabaseModule.forFeature([TotpFactorEntity, RecoveryCodeEntity]), NoticesModule],
  providers: [FactorEnrolment, RecoveryCodesRepository, SecondFactor, TotpFactorsRepository, TotpSecrets],
  exports: [FactorEnrolment, SecondFactor],
})
export class FactorsModule {}
