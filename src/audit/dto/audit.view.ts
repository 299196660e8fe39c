import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_ACTOR_KINDS, type AuditActorKind, type AuditEvent } from '../audit-event.js';
import { AUDIT_KINDS, type AuditKind } from '../audit-kinds.js';
import type { AuditPage } from '../read-audit.service.js';

/** Who did what to whom, when, from where. */
export class AuditEventView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: AUDIT_KINDS, enumName: 'AuditKind' })
  kind: AuditKind;

  @ApiProperty({ enum: AUDIT_ACTOR_KINDS, description: 'As what somebody acted' })
  actorKind: AuditActorKind;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The id of the user, key, client or service; null for the system and for who was not known',
  })
  actorId: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'To whom it was done' })
  userId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The id of the session, key, role, identity, collaborator or client that it was about',
  })
  objectId: string | null;

  @ApiProperty({ description: 'The network address from which it was done' })
  address: string;

  @ApiProperty()
  requestId: string;

  @ApiProperty({ type: String, nullable: true, description: 'The documented API at which it was done' })
  surface: string | null;
}

/** One page of the audit trail. */
export class AuditPageView {
  @ApiProperty({ type: [AuditEventView] })
  items: AuditEventView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Give it as `cursor` for the next page; null at the end',
  })
  nextCursor: string | null;
}

export function toAuditPageView({ items, nextCursor }: AuditPage): AuditPageView {
  return { items: items.map(viewOf), nextCursor };
}

function viewOf(event: AuditEvent): AuditEventView {
  return { ...event, at: new Date(event.at).toISOString() };
}
