import { ApiProperty } from '@nestjs/swagger';
import { viewPage, type Page } from '../../common/page.js';
import type { LiveSession } from '../../grants/grant.js';
import { PageView } from '../../http/paging/page.view.js';

/** A living session. */
export class SessionView {
  @ApiProperty({ format: 'uuid', description: 'The session’s id' })
  id: string;

  @ApiProperty({ description: 'The documented API at which it was opened' })
  surface: string;

  @ApiProperty({ description: 'What it was opened for' })
  description: string;

  @ApiProperty({ description: 'The address from which it was opened' })
  address: string;

  @ApiProperty({ description: 'The program with which it was opened, as that called itself' })
  userAgent: string;

  @ApiProperty({ format: 'date-time', description: 'When it was opened' })
  createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'To within half a minute' })
  lastUsedAt: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest' })
  expiresAt: string;

  @ApiProperty({ description: 'True for the session of this request' })
  isCurrent: boolean;
}

/** One page of sessions. */
export class SessionPageView extends PageView {
  @ApiProperty({ type: [SessionView], description: 'Newest first' })
  items: SessionView[];
}

export function toSessionPageView(page: Page<LiveSession>, currentId: string | null): SessionPageView {
  return viewPage(page, (session) => viewOf(session, currentId));
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
