import { ApiProperty } from '@nestjs/swagger';
import { MeView, toMeView } from '../../users/dto/user.view.js';
import type { SignedIn } from '../sign-in.js';

/** A session just opened; what opens it is in the cookie alone. */
export class OpenedSession {
  @ApiProperty({ format: 'uuid', description: 'By which it is listed and ended' })
  id: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends at the latest' })
  expiresAt: string;
}

/** Answer of `POST /v1/sessions`. */
export class OpenedSessionView {
  @ApiProperty({ type: OpenedSession, description: 'The session' })
  session: OpenedSession;

  @ApiProperty({ type: MeView, description: 'Who is signed in' })
  user: MeView;
}

export function toOpenedSessionView({ grantId, expiresAt, user }: SignedIn): OpenedSessionView {
  return {
    session: { id: grantId, expiresAt: new Date(expiresAt).toISOString() },
    user: toMeView(user),
  };
}
