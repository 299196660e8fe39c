import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';
import type { LiveSession } from '../../grants/grant.js';
import type { SessionPage } from '../user-sessions.service.js';

/** A living session. */
export class SessionView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ description: 'The documented API at which it was opened' })
  surface: string;

  @ApiProperty()
  description: string;

  @ApiProperty({ description: 'The address from which it was opened' })
  address: string;

  @ApiProperty({ description: 'The program with which it was opened, as that called itself' })
  userAgent: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'To within half a minute' })
  lastUsedAt: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest' })
  expiresAt: string;

  @ApiProperty({ description: 'True for the session of this request' })
  isCurrent: boolean;
}

/** One page of sessions. */
export class SessionPageView {
  @ApiProperty({ type: [SessionView] })
  items: SessionView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Give it as `cursor` for the next page; null at the end',
  })
  nextCursor: string | null;
}

/** Query of a list of sessions. */
export class ListSessionsQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 25 })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (/^\d{1,4}$/.test(String(value)) ? Number(value) : value))
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 25;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before' })
  @IsOptional()
  @IsUUID('all')
  cursor?: string;
}

export function toSessionPageView(page: SessionPage, currentId: string | null): SessionPageView {
  return { items: page.items.map((item) => viewOf(item, currentId)), nextCursor: page.nextCursor };
}

function viewOf(session: LiveSession, currentId: string | null): SessionView {
  return {
    id: session.id,
    surface: session.surface,
    description: session.description,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: new Date(session.createdAt).toISOString(),
    lastUsedAt: new Date(session.lastUsedAt).toISOString(),
    expiresAt: new Date(session.expiresAt).toISOString(),
    isCurrent: session.id === currentId,
  };
}
