import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PasswordPolicyEntity } from './password-policy.entity.js';
import { PasswordPolicyRepository } from './password-policy.repository.js';
import { PasswordPolicy } from './password-policy.service.js';

/** Offers the password policy. */
@Module({
  imports: [DatabaseModule.forFeature([PasswordPolicyEntity])],
  providers: [PasswordPolicy, PasswordPolicyRepository],
  exports: [PasswordPolicy],
})
export class PasswordPolicyModule {}
