import { hash } from 'node:crypto';
import type { AuditKind } from './audit-kinds.js';

/** As what somebody acted. */
export const AUDIT_ACTOR_KINDS = ['user', 'key', 'client', 'service', 'system', 'anonymous'] as const;

export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number];

/** What was done. Ids only: never a name, an address of mail or a secret. */
export interface AuditFact {
  readonly kind: AuditKind;
  /** To whom; left out where it was done to nobody. */
  readonly userId?: string | null;
  /** The session, key, role, identity, collaborator or client that it was about. */
  readonly objectId?: string | null;
  /** By this very act somebody unknown has shown that he is that user: it counts as done by him. */
  readonly isProof?: boolean;
}

/** A row of the audit trail; `at` in ms since 1970. */
export interface AuditEvent {
  readonly id: string;
  readonly at: number;
  readonly kind: AuditKind;
  readonly actorKind: AuditActorKind;
  readonly actorId: string | null;
  readonly userId: string | null;
  readonly objectId: string | null;
  /** From which network address; empty for what Gatehouse did on its own. */
  readonly address: string;
  readonly requestId: string;
  /** The documented API that was asked; null where none was. */
  readonly surface: string | null;
}

/** A link of the chain: the event at place `seq`, and the hash over it and all before it. */
export interface AuditSeal {
  readonly seq: number;
  readonly eventId: string;
  readonly hash: string;
}

/** SHA-256 over the hash before (empty for the first) and every field of the event, base64url. */
export function sealHash(previous: string, event: AuditEvent): string {
  const { id, at, kind, actorKind, actorId, userId, objectId, address, requestId, surface } = event;
  const fields = [id, at, kind, actorKind, actorId, userId, objectId, address, requestId, surface];
  return hash('sha256', `${previous}\n${JSON.stringify(fields)}`, 'base64url');
}
