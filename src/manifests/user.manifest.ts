import { Injectable } from '@nestjs/common';
import { isEmail } from 'class-validator';
import { z } from 'zod';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { DeclareUsers, type DeclarationReport } from '../accounts/declare-users.service.js';
import { USER_TYPES } from '../common/levels.js';
import { Config } from '../config/config.js';
import { PASSWORD_FIELDS, passwordFields, type PasswordSources } from './declared-password.js';
import { flag, identifier, line, mapping, oneOf, text } from './manifest-fields.js';
import type { ManifestKind } from './manifest-kind.js';

const KIND = 'User';
const LEVELS = ['superuser', 'admin', 'manager', 'simpleuser', 'blocked'] as const;
const MAX_EMAIL_LENGTH = 254;

/** What the documents call `simpleuser` is `member` on the one ladder (contract 3.1). */
const LADDER = {
  superuser: 'superuser',
  admin: 'admin',
  manager: 'manager',
  simpleuser: 'member',
  blocked: 'blocked',
} as const;

/** `kind: User`: a user of any type, with his password if he has one (contract 2). */
@Injectable()
export class UserManifests implements ManifestKind<DeclaredUser> {
  readonly kind = KIND;
  readonly identifierFields = ['metadata.name', 'spec.email', 'spec.phone', 'spec.loyaltyCardNumber'];

  constructor(
    private readonly config: Config,
    private readonly declareUsers: DeclareUsers,
  ) {}

  schema(folder: string): z.ZodType<DeclaredUser> {
    return userSchema({ folder, variable: (name) => this.config.variable(name) });
  }

  apply(set: readonly DeclaredUser[]): Promise<DeclarationReport> {
    return this.declareUsers.declare(set);
  }
}

function userSchema(sources: PasswordSources): z.ZodType<DeclaredUser> {
  return mapping({
    apiVersion: oneOf(['gatehouse/v1']),
    kind: z.literal(KIND),
    metadata: mapping({ name: identifier(150) }),
    spec: specSchema(sources),
  }).transform(({ metadata, spec }): DeclaredUser => {
    const { password, passwordHash, passwordFromEnv, passwordFromFile, level, ...rest } = spec;
    return {
      name: metadata.name,
      ...rest,
      level: LADDER[level ?? (rest.type === 'admin' ? 'manager' : 'simpleuser')],
      password: password ?? passwordHash ?? passwordFromEnv ?? passwordFromFile,
    };
  });
}

function specSchema(sources: PasswordSources) {
  // Told beside the faults of single fields, not only once those are mended.
  const always = { when: () => true };
  return mapping({
    type: oneOf(USER_TYPES).default('customer'),
    email: text()
      .refine(
        (value) => value.length <= MAX_EMAIL_LENGTH && isEmail(value, { require_tld: false }),
        'must be an e-mail address',
      )
      .optional(),
    ...passwordFields(sources),
    level: oneOf(LEVELS).optional(),
    emailVerified: flag().optional(),
    firstName: line(0, 150).optional(),
    lastName: line(0, 150).optional(),
    phone: text()
      .regex(/^\+\d{6,15}$/, 'must be + and 6 to 15 digits')
      .optional(),
    loyaltyCardNumber: identifier(64).optional(),
  })
    .refine((spec) => PASSWORD_FIELDS.filter((field) => isGiven(spec, field)).length <= 1, {
      ...always,
      message: `must not have more than one of ${PASSWORD_FIELDS.join(', ')}`,
    })
    .refine((spec) => isForHim(spec, 'phone'), { ...always, ...forCustomers('phone') })
    .refine((spec) => isForHim(spec, 'loyaltyCardNumber'), {
      ...always,
      ...forCustomers('loyaltyCardNumber'),
    });
}

function forCustomers(field: string) {
  return { path: [field], message: 'is for users of type customer only' };
}

/** False when a user who is no customer has what only customers have. */
function isForHim(spec: unknown, field: string): boolean {
  const isOther = isGiven(spec, 'type') && (spec.type === 'admin' || spec.type === 'seller');
  return !isOther || !isGiven(spec, field);
}

/** These rules see a faulty spec too, so its declared type means nothing yet. */
function isGiven<F extends string>(spec: unknown, field: F): spec is Record<F, unknown> {
  return typeof spec === 'object' && spec !== null && field in spec;
}
