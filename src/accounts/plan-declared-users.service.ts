import { Injectable, Logger } from '@nestjs/common';
import { normaliseIdentifier } from '../common/identifier.js';
import { Reader } from '../database/db.js';
import {
  DeclarationsRepository,
  type AppliedValue,
  type Declaration,
} from '../declarations/declarations.repository.js';
import { PasswordPolicy } from '../password-policy/password-policy.service.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import type { DeclaredPassword, DeclaredUser, DeclaringKind } from './declared-user.js';

const PURPOSE = 'declared password';

/** What is to be done about one declared user. */
export interface UserPlan {
  readonly kind: DeclaringKind;
  readonly declared: DeclaredUser;
  readonly last: Declaration | null;
  /** Who he is already; null when he is to be made. */
  readonly existing: UserRecord | null;
  readonly values: Readonly<Record<string, AppliedValue>>;
  /** The fields to set; none when he is in step. */
  readonly changed: ReadonlySet<string>;
  /** The password to set; null when it stays. */
  readonly password: DeclaredPassword | null;
}

/** Compares what is declared with what was last applied (contract 2, "kept in step"). Reads only. */
@Injectable()
export class PlanDeclaredUsers {
  private readonly logger = new Logger(PlanDeclaredUsers.name);

  constructor(
    private readonly declarations: DeclarationsRepository,
    private readonly records: UsersRepository,
    private readonly policy: PasswordPolicy,
    private readonly keyRing: KeyRing,
    private readonly reader: Reader,
  ) {}

  /** What is to be done about each user of a set; warns of weak passwords that would be set. Hashes nothing. */
  async plan(set: readonly DeclaredUser[]): Promise<UserPlan[]> {
    const plans: UserPlan[] = [];
    for (const declared of set) plans.push(await this.planOne(declared));
    return plans;
  }

  private async planOne(declared: DeclaredUser): Promise<UserPlan> {
    const kind = declared.kind ?? 'User';
    const last = await this.declarations.find(this.reader, kind, declared.name);
    const values = this.valuesOf(declared);
    const existing = await this.findExisting(declared, last);
    const changed = new Set(
      Object.keys(values).filter((field) => existing === null || !this.isSame(field, last, values, declared)),
    );
    const password = changed.has('password') ? (declared.password ?? null) : null;
    if (password) await this.warnOfWeakness(kind, declared, password);
    return { kind, declared, last, existing, values, changed, password };
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

  private valuesOf(declared: DeclaredUser): Record<string, AppliedValue> {
    const { kind: _kind, name: _name, password, ...fields } = declared;
    const values: Record<string, AppliedValue | undefined> = { ...fields };
    if (password) values['password'] = this.keyRing.mac(PURPOSE, textOf(password));
    const given = Object.entries(values).filter(
      (entry): entry is [string, AppliedValue] => entry[1] !== undefined,
    );
    return Object.fromEntries(given);
  }

  private isSame(
    field: string,
    last: Declaration | null,
    values: Readonly<Record<string, AppliedValue>>,
    declared: DeclaredUser,
  ): boolean {
    const applied = last?.applied[field];
    if (field !== 'password' || !declared.password) {
      // Lists are compared item by item, in order.
      return JSON.stringify(applied) === JSON.stringify(values[field]);
    }
    if (typeof applied === 'string' && !this.keyRing.knows(applied)) {
      this.logger.warn(
        `Whether the declared password of ${declared.kind ?? 'User'} ${declared.name} has changed cannot be told: ` +
          'it was applied under another SECRET_KEY, and is left as it is',
      );
      return true;
    }
    return this.keyRing.macs(PURPOSE, textOf(declared.password)).includes(String(applied));
  }

  private async warnOfWeakness(
    kind: DeclaringKind,
    declared: DeclaredUser,
    password: DeclaredPassword,
  ): Promise<void> {
    if (password.kind !== 'plain') return;
    const context = { email: declared.email ?? null, username: declared.name };
    const policy = await this.policy.inForce();
    if (!policy.isAcceptable(password.text, context)) {
      this.logger.warn(`The declared password of ${kind} ${declared.name} does not meet the password policy`);
    }
  }
}

function textOf(password: DeclaredPassword): string {
  return `${password.kind}:${password.text}`;
}
