import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { Audit } from '../audit/audit.service.js';
import { normaliseIdentifier } from '../common/identifier.js';
import type { Tx } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { DeclarationsRepository } from '../declarations/declarations.repository.js';
import { SecurityNotices } from '../notices/security-notices.service.js';
import { Passwords } from '../passwords/passwords.service.js';
import type { UserFields, UserRecord } from '../users/user.js';
import { IdentifierTaken } from '../users/users.errors.js';
import { Users } from '../users/users.service.js';
import { UsersRepository } from '../users/users.repository.js';
import { DeclaredIdentifierTaken } from './accounts.errors.js';
import { CreateUser } from './create-user.service.js';
import {
  isInStep,
  joinReports,
  type DeclarationReport,
  type PreparedDeclarations,
} from './declaration-report.js';
import { DECLARING_KINDS, levelAndState, type DeclaredPassword, type DeclaredUser } from './declared-user.js';
import { kindsOfChange } from './kinds-of-change.js';
import { FirstAdmin } from './first-admin.service.js';
import { PlanDeclaredUsers, type UserPlan } from './plan-declared-users.service.js';

/** The declared fields by which a user signs in; his name never changes. */
const IDENTIFIERS = [
  ['email', 'email'],
  ['phone', 'phone'],
  ['loyaltyCardNumber', 'card'],
] as const;

/** What is prepared where there is nothing beside the users. */
const NOTHING: PreparedDeclarations = {
  report: { created: [], changed: [], unchanged: [] },
  apply: () => Promise.resolve(),
};

/** Ends the unit of work of a rehearsal, so that it leaves nothing behind. */
class Rehearsed extends Error {}

type HashPassword = (password: DeclaredPassword) => string | Promise<string>;

/** Keeps users in step with what manifests declare (contract 2, "kept in step"). */
@Injectable()
export class DeclareUsers {
  constructor(
    private readonly planner: PlanDeclaredUsers,
    private readonly declarations: DeclarationsRepository,
    private readonly users: Users,
    private readonly records: UsersRepository,
    private readonly createUser: CreateUser,
    private readonly passwords: Passwords,
    private readonly audit: Audit,
    private readonly notices: SecurityNotices,
    private readonly unitOfWork: UnitOfWork,
    private readonly firstAdmin: FirstAdmin,
  ) {}

  /**
   * Applies a whole set, of whatever kinds, in one unit of work. A field counts only where its value
   * differs from the one last applied: an unchanged set writes nothing, hashes nothing and ends no
   * session, so what a user changed himself stays. A changed password ends his sessions, and so does
   * blocking him. What is prepared `beside` it is applied in the same unit of work.
   * @throws DeclaredIdentifierTaken with nothing applied, when an identifier is somebody else's.
   */
  async declare(
    set: readonly DeclaredUser[],
    beside: PreparedDeclarations = NOTHING,
  ): Promise<DeclarationReport> {
    const plans = await this.planner.plan(set);
    const steps = await withHashes(plans, (password) => this.hashOf(password));
    const report = joinReports(beside.report, reportOf(plans));
    if (isInStep(report)) return report;
    await this.unitOfWork.run(async (tx) => {
      await beside.apply(tx);
      await this.applyAll(tx, steps);
    });
    return report;
  }

  /**
   * What `declare` would do, told without doing it: the same statements run in a unit of work that is
   * then undone, so that whatever would stand in the way is told as well. Hashes nothing.
   * @throws DeclaredIdentifierTaken as `declare` would.
   */
  async rehearse(
    set: readonly DeclaredUser[],
    beside: PreparedDeclarations = NOTHING,
  ): Promise<DeclarationReport> {
    const plans = await this.planner.plan(set);
    const steps = await withHashes(plans, () => '');
    try {
      await this.unitOfWork.run(async (tx) => {
        await beside.apply(tx);
        await this.applyAll(tx, steps);
        throw new Rehearsed();
      });
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error;
    }
    return joinReports(beside.report, reportOf(plans));
  }

  private async applyAll(tx: Tx, steps: readonly Step[]): Promise<void> {
    // First of all of them, so that one user may be given what another one of the set gives up.
    for (const { plan } of steps) await this.release(tx, plan);
    for (const step of steps) {
      try {
        await this.apply(tx, step);
      } catch (error) {
        const { kind, declared } = step.plan;
        throw error instanceof IdentifierTaken
          ? new DeclaredIdentifierTaken({ kind, name: declared.name }, { cause: error })
          : error;
      }
    }
  }

  private async release(tx: Tx, { existing, changed }: UserPlan): Promise<void> {
    const kinds = IDENTIFIERS.filter(([field]) => changed.has(field)).map(([, kind]) => kind);
    if (existing && kinds.length > 0) await this.records.releaseIdentifiers(tx, existing.id, kinds);
  }

  private async apply(tx: Tx, step: Step): Promise<void> {
    const { kind, declared, existing, last, values } = step.plan;
    const userId = existing === null ? await this.create(tx, step) : await this.change(tx, step, existing);
    const applied = { ...last?.applied, ...values };
    await this.declarations.save(tx, kind, declared.name, { subjectId: userId, applied });
  }

  private create(tx: Tx, { plan: { declared }, hash }: Step): Promise<string> {
    return this.createUser.create(tx, SYSTEM_ACTOR, {
      type: declared.type,
      username: declared.name,
      email: declared.email ?? null,
      phone: declared.phone ?? null,
      card: declared.loyaltyCardNumber ?? null,
      firstName: declared.firstName,
      lastName: declared.lastName,
      isEmailConfirmed: declared.emailVerified ?? false,
      roles: declared.roles,
      networks: declared.networks,
      passwordHash: hash,
      ...{ level: 'member' as const, ...levelAndState(declared) },
    });
  }

  private async change(tx: Tx, { plan, hash }: Step, existing: UserRecord): Promise<string> {
    // One who is now declared by another kind has nothing left of what only the former kind has words for.
    const others = DECLARING_KINDS.filter((kind) => kind !== plan.kind);
    const isTakenOver = await this.declarations.remove(tx, others, existing.id);
    const fields = { ...(isTakenOver ? { roles: [], networks: [] } : {}), ...changedFields(plan) };
    if (fields.email !== undefined) {
      const to = normaliseIdentifier(fields.email ?? '');
      const notice = { what: 'email-changed', to, isByAuthority: true } as const;
      await this.notices.tell(tx, SYSTEM_ACTOR, existing.id, notice);
    }
    await this.users.applyFields(tx, existing.id, fields);
    for (const kind of kindsOfChange(existing, fields)) {
      await this.audit.record(tx, SYSTEM_ACTOR, { kind, userId: existing.id });
    }
    if (hash !== null) {
      await this.users.resetPassword(tx, existing.id, hash);
      await this.audit.record(tx, SYSTEM_ACTOR, { kind: 'password.set', userId: existing.id });
      const notice = { what: 'password-changed', isByAuthority: true } as const;
      await this.notices.tell(tx, SYSTEM_ACTOR, existing.id, notice);
      tx.afterCommit(() => this.firstAdmin.forget(existing.id));
    }
    return existing.id;
  }

  private hashOf({ kind, text }: DeclaredPassword): string | Promise<string> {
    return kind === 'hash' ? text : this.passwords.hash(text);
  }
}

/** A plan with something to do, and the hash of the password to set. */
interface Step {
  readonly plan: UserPlan;
  readonly hash: string | null;
}

async function withHashes(plans: readonly UserPlan[], hashOf: HashPassword): Promise<Step[]> {
  const steps: Step[] = [];
  for (const plan of plans) {
    if (plan.changed.size > 0) steps.push({ plan, hash: plan.password && (await hashOf(plan.password)) });
  }
  return steps;
}

function reportOf(plans: readonly UserPlan[]): DeclarationReport {
  const due = plans.filter((plan) => plan.changed.size > 0);
  const subjectOf = ({ kind, declared }: UserPlan) => ({ kind, name: declared.name });
  const changeOf = (plan: UserPlan) => ({ ...subjectOf(plan), fields: [...plan.changed] });
  return {
    created: due.filter((plan) => plan.existing === null).map(changeOf),
    changed: due.filter((plan) => plan.existing !== null).map(changeOf),
    unchanged: plans.filter((plan) => plan.changed.size === 0).map(subjectOf),
  };
}

function changedFields({ declared, changed }: UserPlan): UserFields {
  const { level, state } = levelAndState(declared);
  const isStateDue = changed.has(declared.deactivated === undefined ? 'level' : 'deactivated');
  return {
    ...(changed.has('type') ? { type: declared.type } : {}),
    ...(changed.has('level') && level ? { level } : {}),
    ...(isStateDue ? { state } : {}),
    ...(changed.has('email') ? { email: declared.email } : {}),
    ...(changed.has('emailVerified') ? { isEmailConfirmed: declared.emailVerified } : {}),
    ...(changed.has('firstName') ? { firstName: declared.firstName } : {}),
    ...(changed.has('lastName') ? { lastName: declared.lastName } : {}),
    ...(changed.has('phone') ? { phone: declared.phone } : {}),
    ...(changed.has('loyaltyCardNumber') ? { card: declared.loyaltyCardNumber } : {}),
    ...(changed.has('roles') ? { roles: declared.roles } : {}),
    ...(changed.has('networks') ? { networks: declared.networks } : {}),
  };
}
