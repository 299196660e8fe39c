import { Module } from '@nestjs/common';
import { PasswordPolicy } from './password-policy.service.js';

/** Offers the password policy. */
@Module({ providers: [PasswordPolicy], exports: [PasswordPolicy] })
export class PasswordPolicyModule {}
