import { Injectable, Logger } from '@nestjs/common';
import { Reader, type Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import {
  DeclarationsRepository,
  type AppliedValue,
  type Declaration,
} from '../declarations/declarations.repository.js';
import { normaliseIdentifier } from '../common/identifier.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { UserFields, UserRecord } from '../users/user.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { CreateUser } from './create-user.service.js';
import { levelAndState, type DeclaredPassword, type DeclaredUser } from './declared-user.js';

const KIND = 'User';
const PURPOSE = 'declared password';
/** The declared fields by which a user signs in; his name never changes. */
const IDENTIFIERS = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['loyaltyCardNumber', 'card'],
] as const;

/** What applying a set of declarations did, by name. */
export interface DeclarationReport {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

interface Plan {
  readonly declared: DeclaredUser;
  readonly last: Declaration | null;
  readonly existing: UserRecord | null;
  readonly values: Readonly<Record<string, AppliedValue>>;
  readonly changed: ReadonlySet<string>;
  readonly hash: string | null;
}

/** Keeps users in step with what manifests declare (contract 2, "kept in step"). */
@Injectable()
export class DeclareUsers {
  private readonly logger = new Logger(DeclareUsers.name);

  constructor(
    private readonly declarations: DeclarationsRepository,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly createUser: CreateUser,
    private readonly passwords: Passwords,
    private readonly policy: PasswordPolicy,
    private readonly keyRing: KeyRing,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Applies a whole set in one unit of work. A field counts only where its value differs from the
   * one last applied: an unchanged set writes nothing, hashes nothing and ends no session, so what a
   * user changed himself stays. A changed password ends his sessions.
   * @throws IdentifierTaken with nothing applied, when an identifier is somebody else's.
   */
  async declare(set: readonly DeclaredUser[]): Promise<DeclarationReport> {
    const plans: Plan[] = [];
    for (const declared of set) plans.push(await this.plan(declared));
    const due = plans.filter((plan) => plan.changed.size > 0);
    if (due.length > 0) {
      await this.unitOfWork.run(async (tx) => {
        // First of all of them, so that one user may be given what another one of the set gives up.
        for (const plan of due) await this.release(tx, plan);
        for (const plan of due) await this.apply(tx, plan);
      });
    }
    const namesOf = (some: readonly Plan[]) => some.map((plan) => plan.declared.name);
    return {
      created: namesOf(due.filter((plan) => plan.existing === null)),
      changed: namesOf(due.filter((plan) => plan.existing !== null)),
      unchanged: namesOf(plans.filter((plan) => plan.changed.size === 0)),
    };
  }

  private async plan(declared: DeclaredUser): Promise<Plan> {
    const last = await this.declarations.find(this.reader, KIND, declared.name);
    const values = this.valuesOf(declared);
    const changed = new Set(
      Object.keys(values).filter((field) => !this.isSame(field, last, values, declared)),
    );
    const existing = await this.findExisting(declared, last);
    const needsHash = declared.password !== undefined && (changed.has('password') || existing === null);
    if (needsHash) this.warnOfWeakness(declared, declared.password);
    const hash = needsHash ? await this.hashOf(declared.password) : null;
    return {
      declared,
      last,
      existing,
      values,
      changed: existing === null ? new Set(Object.keys(values)) : changed,
      hash,
    };
  }

  private async findExisting(declared: DeclaredUser, last: Declaration | null): Promise<UserRecord | null> {
    const known = last && (await this.records.findById(this.reader, last.subjectId));
    if (known) return known;
    const named = await this.records.findByIdentifier(this.reader, declared.name);
    const isHis =
      typeof named?.username === 'string' &&
      normaliseIdentifier(named.username) === normaliseIdentifier(declared.name);
    return isHis ? named : null;
  }

  private async release(tx: Tx, { existing, changed }: Plan): Promise<void> {
    const kinds = IDENTIFIERS.filter(([field]) => changed.has(field)).map(([, kind]) => kind);
    if (existing && kinds.length > 0) await this.records.releaseIdentifiers(tx, existing.id, kinds);
  }

  private async apply(tx: Tx, plan: Plan): Promise<void> {
    const userId =
      plan.existing === null ? await this.create(tx, plan) : await this.change(tx, plan, plan.existing);
    const applied = { ...plan.last?.applied, ...plan.values };
    await this.declarations.save(tx, KIND, plan.declared.name, { subjectId: userId, applied });
  }

  private create(tx: Tx, { declared, hash }: Plan): Promise<string> {
    return this.createUser.create(tx, {
      type: declared.type,
      username: declared.name,
      email: declared.email ?? null,
      phone: declared.phone ?? null,
      card: declared.loyaltyCardNumber ?? null,
      firstName: declared.firstName,
      lastName: declared.lastName,
      isEmailConfirmed: declared.emailVerified ?? false,
      passwordHash: hash,
      ...{ level: 'member' as const, ...levelAndState(declared.level) },
    });
  }

  private async change(tx: Tx, plan: Plan, existing: UserRecord): Promise<string> {
    await this.users.applyFields(tx, existing.id, changedFields(plan));
    if (plan.hash !== null) await this.users.resetPassword(tx, existing.id, plan.hash);
    return existing.id;
  }

  private valuesOf(declared: DeclaredUser): Record<string, AppliedValue> {
    const { name: _name, password, ...fields } = declared;
    const values: Record<string, AppliedValue> = { ...fields };
    if (password) values['password'] = this.keyRing.mac(PURPOSE, textOf(password));
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  }

  private isSame(
    field: string,
    last: Declaration | null,
    values: Readonly<Record<string, AppliedValue>>,
    declared: DeclaredUser,
  ): boolean {
    const applied = last?.applied[field];
    if (field !== 'password' || !declared.password) return applied === values[field];
    if (typeof applied === 'string' && !this.keyRing.knows(applied)) {
      this.logger.warn(
        `Whether the declared password of User ${declared.name} has changed cannot be told: ` +
          'it was applied under another SECRET_KEY, and is left as it is',
      );
      return true;
    }
    return this.keyRing.macs(PURPOSE, textOf(declared.password)).includes(String(applied));
  }

  private warnOfWeakness(declared: DeclaredUser, password: DeclaredPassword | undefined): void {
    if (password?.kind !== 'plain') return;
    const context = { email: declared.email ?? null, username: declared.name };
    if (!this.policy.isAcceptable(password.text, context)) {
      this.logger.warn(`The declared password of User ${declared.name} does not meet the password policy`);
    }
  }

  private async hashOf(password: DeclaredPassword | undefined): Promise<string | null> {
    if (!password) return null;
    return password.kind === 'hash' ? password.text : this.passwords.hash(password.text);
  }
}

function textOf(password: DeclaredPassword): string {
  return `${password.kind}:${password.text}`;
}

function changedFields({ declared, changed }: Plan): UserFields {
  const { level, state } = levelAndState(declared.level);
  return {
    ...(changed.has('type') ? { type: declared.type } : {}),
    ...(changed.has('level') ? { ...(level ? { level } : {}), state } : {}),
    ...(changed.has('email') ? { email: declared.email } : {}),
    ...(changed.has('emailVerified') ? { isEmailConfirmed: declared.emailVerified } : {}),
    ...(changed.has('firstName') ? { firstName: declared.firstName } : {}),
    ...(changed.has('lastName') ? { lastName: declared.lastName } : {}),
    ...(changed.has('phone') ? { phone: declared.phone } : {}),
    ...(changed.has('loyaltyCardNumber') ? { card: declared.loyaltyCardNumber } : {}),
  };
}
