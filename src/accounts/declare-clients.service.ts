import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { Audit } from '../audit/audit.service.js';
import { CLIENT_DECLARATION } from '../clients/client.js';
import { Clients } from '../clients/clients.service.js';
import { Reader, type Tx } from '../database/db.js';
import {
  DeclarationsRepository,
  type AppliedValue,
  type Declaration,
} from '../declarations/declarations.repository.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { PreparedDeclarations } from './declaration-report.js';
import type { DeclaredClient } from './declared-client.js';

const KIND = CLIENT_DECLARATION;
const PURPOSE = 'declared client secrets';

interface ClientPlan {
  readonly declared: DeclaredClient;
  readonly last: Declaration | null;
  readonly values: Readonly<Record<string, AppliedValue>>;
  /** The fields to set; none when it is in step. */
  readonly changed: ReadonlySet<string>;
}

/** Keeps OAuth clients in step with what manifests declare (contract 2, "kept in step"). */
@Injectable()
export class DeclareClients {
  constructor(
    private readonly declarations: DeclarationsRepository,
    private readonly clients: Clients,
    private readonly keyRing: KeyRing,
    private readonly audit: Audit,
    private readonly reader: Reader,
  ) {}

  /**
   * What is to be done about a set of clients, to be applied in the unit of work of the whole set. A
   * changed secret replaces the old ones at once; disabling ends every token of the client.
   */
  async prepare(set: readonly DeclaredClient[]): Promise<PreparedDeclarations> {
    const plans: ClientPlan[] = [];
    for (const declared of set) plans.push(await this.plan(declared));
    const due = plans.filter(({ changed }) => changed.size > 0);
    const subjectOf = ({ declared }: ClientPlan) => ({ kind: KIND, name: declared.name }) as const;
    const changeOf = (plan: ClientPlan) => ({ ...subjectOf(plan), fields: [...plan.changed] });
    return {
      report: {
        created: due.filter(({ last }) => last === null).map(changeOf),
        changed: due.filter(({ last }) => last !== null).map(changeOf),
        unchanged: plans.filter(({ changed }) => changed.size === 0).map(subjectOf),
      },
      apply: async (tx) => {
        for (const plan of due) await this.apply(tx, plan);
      },
    };
  }

  private async plan(declared: DeclaredClient): Promise<ClientPlan> {
    const last = await this.declarations.find(this.reader, KIND, declared.name);
    const { grants, scopes, disabled } = declared;
    const secrets = JSON.stringify(declared.secrets);
    const values = { grants, scopes, disabled, secrets: this.keyRing.mac(PURPOSE, secrets) };
    const isSame = (field: string, value: AppliedValue) =>
      field === 'secrets'
        ? this.keyRing.macs(PURPOSE, secrets).includes(String(last?.applied[field]))
        : JSON.stringify(last?.applied[field]) === JSON.stringify(value);
    const changed = Object.entries(values).filter(([field, value]) => !isSame(field, value));
    return { declared, last, values, changed: new Set(changed.map(([field]) => field)) };
  }

  private async apply(tx: Tx, { declared, last, values, changed }: ClientPlan): Promise<void> {
    const { name: id, grants, scopes, disabled, secrets } = declared;
    await this.clients.create(tx, id);
    if (changed.has('grants') || changed.has('scopes')) await this.clients.allow(tx, id, { grants, scopes });
    if (changed.has('secrets')) await this.clients.replaceSecrets(tx, id, secrets);
    if (changed.has('disabled')) await this.clients.setState(tx, id, disabled ? 'disabled' : 'active');
    const applied = { ...last?.applied, ...values };
    // A client's name is its id; the row's own key holds all of it.
    await this.declarations.save(tx, KIND, id, { subjectId: id.slice(0, 36), applied });
    await this.audit.record(tx, SYSTEM_ACTOR, { kind: 'client.changed', objectId: id });
  }
}
