import { flag, instant, list, object, text, type Schema } from '../../http/described.js';

const envelope = (data: Schema): Schema =>
  object({ data: { ...data, description: 'What was asked for' }, status: flag('True: it was done') });

const sessionId = text('SHA-256 of the JWT, 64 hex characters');
const user = {
  email: text('E-mail address; empty without one'),
  permissions: list(text('A permission, such as `collectionManager`'), 'His permissions'),
};

const grantedAccess = object(
  {
    CreatedAt: instant('When it was given'),
    UpdatedAt: instant('When it was last changed'),
    DeletedAt: text('Always null', { nullable: true }),
    id: sessionId,
    expiresAt: instant('When it expires'),
    deactivated: flag('Whether it was revoked'),
    description: text('What it was given for'),
    requesterIP: text('The address that asked for it'),
    user: text('The user’s name'),
  },
  { description: 'One JWT that was given' },
);

export const LOGIN = envelope(
  object({ expire: instant('When the JWT expires'), sessionId, token: text('The JWT') }),
);

export const USER = envelope(object(user));

export const WHOAMI = envelope(object({ ...user, grantedAccess, sessionId }));

export const LOGOUT = envelope(object({ message: text('That it was revoked'), sessionId }));

export const TOKENS = envelope(object({ grantedAccesses: list(grantedAccess, 'The JWTs, ended ones too') }));
