import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-local';
import type { Actor } from '../common/actor.js';
import type { UserType } from '../common/levels.js';
import { VerifyPassword, type VerifiedUser } from './verify-password.service.js';

/** What the strategy is driven with: the validated body, and who asks at which door. */
export interface PasswordAttempt {
  readonly body: { readonly identifier: string; readonly password: string };
  readonly actor: Actor;
  readonly types: readonly UserType[] | null;
}

/** passport-local over the one password check; it is driven after the body was validated. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(private readonly verifyPassword: VerifyPassword) {
    super({ usernameField: 'identifier', passwordField: 'password', passReqToCallback: true });
  }

  validate(attempt: PasswordAttempt, identifier: string, password: string): Promise<VerifiedUser> {
    return this.verifyPassword.verify(attempt.actor, { identifier, password, types: attempt.types });
  }
}
