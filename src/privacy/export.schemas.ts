import { LEVELS, USER_TYPES } from '../common/levels.js';
import { flag, instant, integer, list, object, orNull, text, uuid, type Schema } from '../http/described.js';
import { USER_STATES } from '../users/user.js';

const or = orNull;
const words = (description: string): Schema => list(text('One of them'), description);
const section = (description: string, members: Readonly<Record<string, Schema>>): Schema =>
  list(object(members, { description: 'One of them' }), description);

const FROM = {
  address: text('The network address'),
  userAgent: text('The program, as it called itself'),
};
const CREATED = { createdAt: instant('When it began') };
const USED = { lastUsedAt: instant('When it was last used') };

const USER = object(
  {
    id: uuid('His id'),
    type: text('What kind of user he is', { enum: [...USER_TYPES] }),
    level: text('Place on the role ladder', { enum: [...LEVELS] }),
    state: text('Whether he may sign in', { enum: [...USER_STATES] }),
    email: or(text('An identifier')),
    username: or(text('An identifier')),
    phone: or(text('An identifier')),
    card: or(text('The number of his loyalty card, an identifier')),
    firstName: text('May be empty'),
    lastName: text('May be empty'),
    locale: or(text('The language of his mails')),
    address: or(text('Where he lives')),
    zipCode: or(text('Where he lives')),
    emailConfirmedAt: or(instant('When his address was confirmed')),
    hasPassword: flag('Whether he has a password'),
    passwordChangedAt: or(instant('When it was last changed')),
    emailNotifications: flag('False when he wants no mails but those that he needs'),
    unsubscribedFrom: words('The kinds of mail that he does not want'),
    roles: words('Free roles beside the level'),
    roleId: or(uuid('An administrator’s free role')),
    permissions: words('What that role allows'),
    networks: words('From where his credentials count; empty is everywhere'),
    acceptedTermsAt: or(instant('When he accepted the terms')),
    createdAt: instant('When he was made'),
    updatedAt: instant('When he was last changed'),
  },
  { description: 'The user' },
);

const ACCOUNT = object(
  {
    id: integer('Its number'),
    name: text('The name that it was made with'),
    displayName: text('The name that is shown'),
    description: text('Empty for none'),
    avatar: or(text('The address of a picture of him', { format: 'uri' })),
    profileCover: or(text('The address of a picture behind it', { format: 'uri' })),
  },
  { description: 'What is shown of him' },
);

const INVITED = {
  name: text('Under which name'),
  permissions: words('What is allowed beside looking at it'),
  createdAt: instant('When it was first shared so'),
  expiresAt: instant('When the newest link to it ends'),
};

/** Everything that is kept of a person. */
export const EXPORT = object({
  exportedAt: instant('When this was written'),
  user: USER,
  account: or(ACCOUNT),
  profiles: section('Artists and venues', {
    id: uuid('The profile’s id'),
    kind: text('Which of the two', { enum: ['artist', 'venue'] }),
    name: text('Its name'),
    details: {
      type: 'object',
      additionalProperties: text('In his words'),
      description: 'What else it tells',
    },
    createdAt: instant('When it was made'),
    updatedAt: instant('When it was last changed'),
  }),
  sessions: section('Sessions, with the ended ones that are still kept', {
    id: uuid('The session’s id'),
    surface: text('The documented API at which it was opened'),
    clientId: or(text('The application to which it was given')),
    scope: words('What it was given for'),
    description: text('What it was opened for'),
    ...FROM,
    ...CREATED,
    authenticatedAt: instant('When he last showed who he is'),
    ...USED,
    expiresAt: instant('When it ends at the latest'),
    endedAt: or(instant('When it was ended')),
    endReason: or(text('Why it was ended')),
    wasEndedWithAll: flag('True when it ended with all of his sessions, by another password say'),
  }),
  guestSessions: section('What his browsers had open before he signed in with them', {
    surface: text('The documented API at which it was opened'),
    ...FROM,
    ...CREATED,
    ...USED,
  }),
  permanentKeys: section('Permanent keys, with the ended ones that are still kept', {
    id: uuid('The key’s id'),
    name: text('What it is called'),
    hint: text('Its last four characters; empty for one that was chosen'),
    surface: text('The documented API at which it was made'),
    level: or(text('The highest level that it gives', { enum: [...LEVELS] })),
    networks: words('From where it counts; empty is everywhere'),
    ...CREATED,
    lastUsedAt: or(instant('When it was last used')),
    expiresAt: or(instant('When it ends')),
    endedAt: or(instant('When it was ended')),
  }),
  secondFactors: section('What he shows beside his password', {
    kind: text('An authenticator app, or codes by e-mail', { enum: ['app', 'email'] }),
    address: or(text('Where codes go')),
    addedAt: instant('When it was added'),
    confirmedAt: or(instant('Since when it counts')),
  }),
  recoveryCodes: object(
    { left: integer('How many are left'), createdAt: or(instant('When they were made')) },
    { description: 'Recovery codes' },
  ),
  passkeys: section('Passkeys', {
    id: uuid('The passkey’s id'),
    name: text('What he calls it'),
    isBackedUp: flag('True where its device keeps a copy elsewhere'),
    createdAt: instant('When it was added'),
    lastUsedAt: or(instant('When it was last used')),
  }),
  trustedDevices: section('Browsers in which he is not asked for a second factor', {
    id: uuid('The device’s id'),
    ...FROM,
    ...CREATED,
    ...USED,
    expiresAt: instant('When it ends'),
  }),
  knownBrowsers: section('Browsers that are known to be his; nothing else of them is kept', {
    firstSeenAt: instant('When he first signed in with it'),
    lastSeenAt: instant('When he last did, to within a day'),
  }),
  linkedIdentities: section('Accounts elsewhere with which he signs in', {
    id: uuid('The id of the link'),
    provider: text('Where the account is, as it is configured'),
    issuer: text('Where the account is'),
    subject: text('Its id there'),
    label: or(text('What it is called there')),
    linkedAt: instant('When it was linked'),
  }),
  videos: section('Videos to which he invites', {
    id: integer('The video’s number'),
    createdAt: instant('When he first invited to it'),
    collaborators: section('Whom he invited', { email: text('At which address'), ...INVITED }),
  }),
  invitations: section('Videos to which his confirmed address is invited', {
    videoId: integer('The video’s number'),
    ...INVITED,
  }),
  mails: section('Mails of the last 30 days that he caused or was written, and those that wait', {
    kind: text('What it is about'),
    recipient: text('To whom it goes'),
    state: text('What became of it', { enum: ['pending', 'sent', 'dead'] }),
    writtenAt: instant('When it was written'),
    sentAt: or(instant('When a server took it')),
  }),
  mailedLinks: section('Links that were mailed to him; never the link itself', {
    purpose: text('What it does'),
    address: or(text('The address that it confirms')),
    createdAt: instant('When it was made'),
    expiresAt: instant('When it ends'),
    usedAt: or(instant('When it was used')),
  }),
  manifests: section('Manifests that declare him', {
    kind: text('The kind of manifest'),
    name: text('His name in it'),
    appliedAt: instant('When it was last applied'),
  }),
  auditEvents: section('What was done to him, as the audit trail tells it', {
    id: uuid('The event’s id'),
    at: instant('When'),
    kind: text('What'),
    isOwn: flag('True when he did it himself'),
    objectId: or(text('The session, key or whatever it was about')),
    address: or(text('From which network address; null when somebody else did it')),
    surface: or(text('At which documented API; null when somebody else did it')),
  }),
});

export const EXPORT_HEADERS = {
  'Content-Disposition': { description: 'A file, named after the day', schema: { type: 'string' } },
} as const;
