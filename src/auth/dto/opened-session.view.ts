import { ApiProperty } from '@nestjs/swagger';
import { MeView, toMeView } from '../../users/dto/user.view.js';
import type { SignedIn } from '../sign-in.service.js';

/** A session just opened; what opens it is in the cookie alone. */
export class OpenedSession {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest' })
  expiresAt: string;
}

/** Answer of `POST /v1/sessions`. */
export class OpenedSessionView {
  @ApiProperty({ type: OpenedSession })
  session: OpenedSession;

  @ApiProperty({ type: MeView })
  user: MeView;
}

export function toOpenedSessionView({ grantId, expiresAt, user }: SignedIn): OpenedSessionView {
  return {
    session: { id: grantId, expiresAt: new Date(expiresAt).toISOString() },
    user: toMeView(user),
  };
}
