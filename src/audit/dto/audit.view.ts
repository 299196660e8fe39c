import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_ACTOR_KINDS, type AuditActorKind, type AuditEvent } from '../audit-event.js';
import { AUDIT_KINDS, type AuditKind } from '../audit-kinds.js';
import { viewPage, type Page } from '../../common/page.js';
import { PageView } from '../../http/paging/page.view.js';

/** Who did what to whom, when, from where. */
export class AuditEventView {
  @ApiProperty({ format: 'uuid', description: 'The event’s id' })
  id: string;

  @ApiProperty({ format: 'date-time', description: 'When it was done' })
  at: string;

  @ApiProperty({ enum: AUDIT_KINDS, enumName: 'AuditKind', description: 'What was done' })
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

  @ApiProperty({ description: 'The `X-Request-Id` of the request by which it was done' })
  requestId: string;

  @ApiProperty({ type: String, nullable: true, description: 'The documented API at which it was done' })
  surface: string | null;
}

/** One page of the audit trail. */
export class AuditPageView extends PageView {
  @ApiProperty({ type: [AuditEventView], description: 'Newest first' })
  items: AuditEventView[];
}

export function toAuditPageView(page: Page<AuditEvent>): AuditPageView {
  return viewPage(page, (event) => ({ ...event, at: new Date(event.at).toISOString() }));
}
