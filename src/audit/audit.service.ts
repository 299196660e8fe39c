import { Injectable } from '@nestjs/common';
import { SYSTEM_ACTOR, type Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Tx } from '../database/db.js';
import type { AuditActorKind, AuditEvent, AuditFact } from './audit-event.js';
import { AuditSealer } from './audit-sealer.service.js';
import { AuditRepository } from './audit.repository.js';

/** Tells the audit trail what is done. */
@Injectable()
export class Audit {
  constructor(
    private readonly repository: AuditRepository,
    private readonly sealer: AuditSealer,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes who did what to whom in the unit of work that does it: both are committed, or neither. The
   * row is chained within two seconds.
   * Spec: contract 5 "/v1/audit".
   */
  async record(tx: Tx, actor: Actor, fact: AuditFact): Promise<void> {
    const events = [this.eventOf(actor, fact)];
    await this.repository.insert(tx, events);
    await this.repository.insertPending(tx, events);
    tx.afterCommit(() => this.sealer.wake());
  }

  /** The same for very many facts, which are chained at once: it is the last thing that their unit of work does. */
  async recordAll(tx: Tx, actor: Actor, facts: readonly AuditFact[]): Promise<void> {
    if (facts.length === 0) return;
    const events = facts.map((fact) => this.eventOf(actor, fact));
    await this.repository.insert(tx, events);
    if (!(await this.sealer.sealNow(tx, events))) await this.repository.insertPending(tx, events);
  }

  private eventOf(
    actor: Actor,
    { kind, userId = null, objectId = null, isProof = false }: AuditFact,
  ): AuditEvent {
    return {
      id: newId(),
      at: this.clock.now(),
      kind,
      ...whoOf(actor, isProof ? userId : null),
      userId,
      objectId: objectId?.slice(0, 128) ?? null,
      address: actor.address.slice(0, 64),
      requestId: actor.requestId.slice(0, 128),
      surface: actor.surface ?? null,
    };
  }
}

/** A permanent key counts as itself; whose it is, the event of its making tells. */
function whoOf(actor: Actor, provenId: string | null): { actorKind: AuditActorKind; actorId: string | null } {
  const { principal } = actor;
  if (actor === SYSTEM_ACTOR) return { actorKind: 'system', actorId: null };
  switch (principal?.kind) {
    case 'user':
      return principal.via === 'key'
        ? { actorKind: 'key', actorId: principal.grantId }
        : { actorKind: 'user', actorId: principal.userId };
    case 'pending':
      return { actorKind: 'user', actorId: principal.userId };
    case 'client':
      return { actorKind: 'client', actorId: principal.clientId };
    case 'service':
      return { actorKind: 'service', actorId: principal.name };
    case 'guest':
    case undefined:
      return provenId === null
        ? { actorKind: 'anonymous', actorId: null }
        : { actorKind: 'user', actorId: provenId };
  }
}
