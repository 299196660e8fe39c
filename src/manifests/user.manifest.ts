import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { DeclaredUser } from '../accounts/declared-user.js';
import { USER_TYPES } from '../common/levels.js';
import { Config } from '../config/config.js';
import { PASSWORD_FIELDS, passwordFields, type PasswordSources } from './declared-password.js';
import { hasField } from './document-fields.js';
import { email, flag, identifier, line, mapping, oneOf, text } from './manifest-fields.js';
import type { ManifestKind } from './manifest-kind.js';

const KIND = 'User';
const LEVELS = ['superuser', 'admin', 'manager', 'simpleuser', 'blocked'] as const;

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

  constructor(private readonly config: Config) {}

  schema(folder: string): z.ZodType<DeclaredUser> {
    return userSchema({ folder, variable: (name) => this.config.variable(name) });
  }

  resolve(user: DeclaredUser): DeclaredUser {
    return user;
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
      kind: KIND,
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
    email: email().optional(),
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
    .refine((spec) => PASSWORD_FIELDS.filter((field) => hasField(spec, field)).length <= 1, {
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

/**
 * False when a user who is no customer has what only customers have. The rule sees a faulty spec too,
 * so its declared type means nothing yet.
 */
function isForHim(spec: unknown, field: string): boolean {
  const isOther = hasField(spec, 'type') && (spec.type === 'admin' || spec.type === 'seller');
  return !isOther || !hasField(spec, field);
}
