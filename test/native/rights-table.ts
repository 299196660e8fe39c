/** Who knocks at a door of the native API. */
export const CALLERS = [
  'anonymous',
  /** Administrators by their place on the ladder, signed in a moment ago. */
  'member',
  'manager',
  'admin',
  'superuser',
  /** A superuser who signed in more than 15 minutes ago. */
  'stale',
  /** Permanent keys, of a superuser and of a member. */
  'key',
  'member-key',
  /** Tokens of an OAuth client: an admin's with the scope `profile`, a superuser's with the granted `admin`. */
  'profile-app',
  'admin-app',
  /** Somebody whose second factor is awaited. */
  'pending',
  /** A collaborator's browser (002). */
  'guest',
  /** The configuration key of 003. */
  'service',
] as const;

export type Caller = (typeof CALLERS)[number];

const EVERYBODY = CALLERS.join(' ');
/** A person's own session, and one that has just begun (contract 3.2). */
const OWN = 'member manager admin superuser stale';
const OWN_RECENT = 'member manager admin superuser';
/** The administration as far as machines have it: keys, the scope `admin`, the configuration key. */
const MANAGERS = 'manager admin superuser stale key admin-app service';
const ADMINS = 'admin superuser stale key admin-app service';
/** The administration that a person does himself, and what of it asks for a sign-in within 15 minutes. */
const ADMINS_OWN = 'admin superuser stale';
const ADMINS_RECENT = 'admin superuser';
/** What people may do who have signed in within 15 minutes, and the configuration key, which has no sign-in. */
const ROLE_EDITORS = `${ADMINS_RECENT} service`;

/**
 * Who gets past the door of each operation of `/v1` (contract 3.1, 3.2, 5; docs/security.md): everybody
 * who is not named is answered 401 or 403.
 */
export const RIGHTS: Readonly<Record<string, string>> = {
  'GET /v1/me': `${OWN} key member-key profile-app admin-app`,
  'PATCH /v1/me': `${OWN} profile-app admin-app`,
  'GET /v1/me/account': OWN,
  'PUT /v1/me/password': OWN_RECENT,
  'PUT /v1/me/email': OWN_RECENT,
  'POST /v1/me/email/confirmation': OWN,
  'DELETE /v1/me': OWN_RECENT,
  'GET /v1/me/export': OWN_RECENT,
  'GET /v1/me/factors': OWN_RECENT,
  'PUT /v1/me/factors/email': OWN_RECENT,
  'DELETE /v1/me/factors/email': OWN_RECENT,
  'POST /v1/me/factors/recovery-codes': OWN_RECENT,
  'POST /v1/me/factors/totp': OWN_RECENT,
  'DELETE /v1/me/factors/totp': OWN_RECENT,
  'POST /v1/me/factors/totp/confirm': OWN_RECENT,
  'GET /v1/me/identities': OWN,
  'POST /v1/me/identities': OWN_RECENT,
  'DELETE /v1/me/identities/:id': OWN_RECENT,
  'GET /v1/me/passkeys': OWN_RECENT,
  'POST /v1/me/passkeys': OWN_RECENT,
  'POST /v1/me/passkeys/options': OWN_RECENT,
  'PATCH /v1/me/passkeys/:id': OWN_RECENT,
  'DELETE /v1/me/passkeys/:id': OWN_RECENT,
  'GET /v1/me/rights': OWN,
  'GET /v1/me/trusted-devices': OWN,
  'DELETE /v1/me/trusted-devices': OWN,
  'DELETE /v1/me/trusted-devices/:id': OWN,

  'POST /v1/sessions': EVERYBODY,
  'GET /v1/sessions': OWN,
  'DELETE /v1/sessions': OWN,
  'DELETE /v1/sessions/:id': OWN,
  'DELETE /v1/sessions/current': OWN,
  'GET /v1/sessions/current/confirm': OWN,
  'POST /v1/sessions/current/confirm': OWN,
  'POST /v1/sessions/current/confirm/options': OWN,
  'POST /v1/sessions/passkey': EVERYBODY,
  'POST /v1/sessions/passkey/options': EVERYBODY,
  'POST /v1/sign-in-links': EVERYBODY,

  'GET /v1/users': MANAGERS,
  'POST /v1/users': ADMINS,
  'GET /v1/users/:id': MANAGERS,
  'PATCH /v1/users/:id': ADMINS_RECENT,
  'DELETE /v1/users/:id': ADMINS_RECENT,
  'GET /v1/users/:id/export': ADMINS_RECENT,
  'POST /v1/users/:id/disable': ADMINS,
  'POST /v1/users/:id/enable': ADMINS,
  'DELETE /v1/users/:id/factors': ADMINS_RECENT,
  'POST /v1/users/:id/reset-password': ADMINS_OWN,
  'GET /v1/users/:id/sessions': ADMINS,
  'DELETE /v1/users/:id/sessions': ADMINS,
  'DELETE /v1/users/:id/sessions/:sessionId': ADMINS,
  'POST /v1/users/:id/sign-in-link': ADMINS_OWN,

  'GET /v1/accounts': MANAGERS,
  'GET /v1/accounts/:id': OWN,
  'PATCH /v1/accounts/:id': OWN,

  'GET /v1/api-keys': OWN,
  'POST /v1/api-keys': OWN_RECENT,
  'DELETE /v1/api-keys/:id': OWN_RECENT,
  'POST /v1/api-keys/:id/rotate': OWN_RECENT,

  'GET /v1/clients': ADMINS,
  'POST /v1/clients': ADMINS_RECENT,
  'GET /v1/clients/:id': ADMINS,
  'PATCH /v1/clients/:id': ADMINS_RECENT,
  'DELETE /v1/clients/:id': ADMINS_RECENT,
  'POST /v1/clients/:id/secrets': ADMINS_RECENT,
  'DELETE /v1/clients/:id/secrets/:secretId': ADMINS_RECENT,

  'GET /v1/roles': MANAGERS,
  'POST /v1/roles': ROLE_EDITORS,
  'GET /v1/roles/:id': MANAGERS,
  'PATCH /v1/roles/:id': ROLE_EDITORS,
  'DELETE /v1/roles/:id': ROLE_EDITORS,

  'GET /v1/password-policy': EVERYBODY,
  'PATCH /v1/password-policy': ADMINS_RECENT,
  'DELETE /v1/password-policy': ADMINS_RECENT,
  'GET /v1/factor-policy': 'manager admin superuser stale key admin-app',
  'PUT /v1/factor-policy': 'superuser',

  'GET /v1/figures': MANAGERS,

  'GET /v1/mailbox': 'superuser',
  'GET /v1/mailbox/:name': 'superuser',
  'GET /v1/outbox': ADMINS_OWN,
  'GET /v1/outbox/:id': ADMINS_OWN,
  'GET /v1/outbox/state': MANAGERS,
  'POST /v1/outbox/:id/retry': ADMINS_OWN,
  'GET /v1/audit': ADMINS_OWN,
};
