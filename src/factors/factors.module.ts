import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { Endings } from '../database/endings.service.js';
import { PersonalData, told } from '../database/personal-data.service.js';
import { MailModule } from '../mail/mail.module.js';
import { ConfirmedAddresses } from '../users/confirmed-addresses.service.js';
import { FurtherWaysIn } from '../users/further-ways-in.service.js';
import { UsersModule } from '../users/users.module.js';
import { EmailFactorEntity } from './email-factor.entity.js';
import { EmailFactorsRepository } from './email-factors.repository.js';
import { FactorDemandsRepository } from './factor-demands.repository.js';
import { FactorDemands } from './factor-demands.service.js';
import { FactorEnrolment } from './factor-enrolment.service.js';
import { FactorPolicyEntity } from './factor-policy.entity.js';
import { FactorPolicyRepository } from './factor-policy.repository.js';
import { FactorPolicy } from './factor-policy.service.js';
import { MailedCodeEntity } from './mailed-code.entity.js';
import { MailedCodesRepository } from './mailed-codes.repository.js';
import { MailedCodes } from './mailed-codes.service.js';
import { PasskeyChallengeEntity } from './passkey-challenge.entity.js';
import { PasskeyChallengesRepository } from './passkey-challenges.repository.js';
import { PasskeyChallenges } from './passkey-challenges.service.js';
import { PasskeyEnrolment } from './passkey-enrolment.service.js';
import { PasskeyEntity } from './passkey.entity.js';
import { PasskeyProofs } from './passkey-proofs.service.js';
import { PasskeysRepository } from './passkeys.repository.js';
import { PersonalFactorsRepository } from './personal-factors.repository.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { RecoveryCodesRepository } from './recovery-codes.repository.js';
import { SecondFactor } from './second-factor.service.js';
import { TotpFactorEntity } from './totp-factor.entity.js';
import { TotpFactorsRepository } from './totp-factors.repository.js';
import { TotpSecrets } from './totp-secrets.service.js';
import { TrustedDeviceEntity } from './trusted-device.entity.js';
import { TrustedDevicesRepository } from './trusted-devices.repository.js';
import { TrustedDevices } from './trusted-devices.service.js';
import { WebAuthn } from './webauthn.service.js';

/** What is asked for beside the password: authenticator apps, passkeys, recovery codes, codes by e-mail; of whom, and where not. */
@Module({
  imports: [
    DatabaseModule.forFeature([
      EmailFactorEntity,
      FactorPolicyEntity,
      MailedCodeEntity,
      PasskeyChallengeEntity,
      PasskeyEntity,
      RecoveryCodeEntity,
      TotpFactorEntity,
      TrustedDeviceEntity,
    ]),
    MailModule,
    NoticesModule,
    UsersModule,
  ],
  providers: [
    EmailFactorsRepository,
    FactorDemands,
    FactorDemandsRepository,
    FactorEnrolment,
    FactorPolicy,
    FactorPolicyRepository,
    MailedCodes,
    MailedCodesRepository,
    PasskeyChallenges,
    PasskeyChallengesRepository,
    PasskeyEnrolment,
    PasskeyProofs,
    PasskeysRepository,
    PersonalFactorsRepository,
    RecoveryCodesRepository,
    SecondFactor,
    TotpFactorsRepository,
    TotpSecrets,
    TrustedDevices,
    TrustedDevicesRepository,
    WebAuthn,
  ],
  exports: [
    FactorDemands,
    FactorEnrolment,
    FactorPolicy,
    MailedCodes,
    PasskeyEnrolment,
    PasskeyProofs,
    SecondFactor,
    TrustedDevices,
  ],
})
export class FactorsModule {
  constructor(
    endings: Endings,
    waysIn: FurtherWaysIn,
    addresses: ConfirmedAddresses,
    codes: MailedCodesRepository,
    devices: TrustedDevicesRepository,
    emails: EmailFactorsRepository,
    challenges: PasskeyChallengesRepository,
    passkeys: PasskeysRepository,
    personal: PersonalData,
    factors: PersonalFactorsRepository,
  ) {
    personal.addFew('secondFactors', (db, subject) => factors.tell(db, subject));
    personal.addOne('recoveryCodes', (db, subject) => factors.tellRecoveryCodes(db, subject));
    personal.addFew('passkeys', async (db, { userId }) =>
      (await passkeys.findOf(db, userId)).map(({ createdAt, lastUsedAt, ...passkey }) => ({
        ...passkey,
        createdAt: told(createdAt),
        lastUsedAt: told(lastUsedAt),
      })),
    );
    personal.addMany('trustedDevices', (db, subject, look) => factors.tellDevices(db, subject, look));
    addresses.add((tx, userId) => emails.followAddress(tx, userId));
    waysIn.add(async (tx, userId) => void (await devices.deleteAll(tx, userId)));
    waysIn.addLook(async (db, userId) => (await passkeys.count(db, userId)) > 0);
    waysIn.addFactor(async (tx, userId) => void (await passkeys.deleteAll(tx, userId)));
    endings.addRows((tx, now, batch) => challenges.purge(tx, now, batch));
    endings.addRows((tx, now, batch) => codes.purge(tx, now, batch));
    endings.addRows((tx, now, batch) => devices.purge(tx, now, batch));
  }
}
