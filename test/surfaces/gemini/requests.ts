import type { Answer } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';
import type { TestGatehouse } from '../../support/gatehouse.js';
import { CITY_APP } from '../../support/oauth-clients.js';

export const CREATE = '/api/users/create';
export const TOKEN = '/api/oauth/token';
export const SCOPES = ['profile', 'performer', 'venue'] as const;

/** The header in which a client shows its secret. */
export function basic(id = CITY_APP.name, secret = CITY_APP.secrets[0] ?? ''): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

/** The body of the document's "Creating a user". */
export const createBody = (email: string, fields: object = {}) => ({
  email,
  password: PASSWORD,
  grant_type: 'password',
  scope: SCOPES.join(' '),
  has_accepted_terms: true,
  ...fields,
});

/** The body of the document's "Logging in". */
export const tokenBody = (username: string, fields: object = {}) => ({
  username,
  password: PASSWORD,
  grant_type: 'password',
  scope: SCOPES.join(' '),
  ...fields,
});

/** Asks for a token, by default as the client CITY_APP. */
export const askToken = (
  server: TestGatehouse,
  username: string,
  fields: object = {},
  headers: Record<string, string> = basic(),
): Promise<Answer> => server.api.post(TOKEN, tokenBody(username, fields), headers);

/** Asks for a new user, by default as the client CITY_APP. */
export const askUser = (
  server: TestGatehouse,
  email: string,
  fields: object = {},
  headers: Record<string, string> = basic(),
): Promise<Answer> => server.api.post(CREATE, createBody(email, fields), headers);

/** A user of document 000 with a token of his. */
export interface GeminiUser {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

/** Creates a user; answers him with his first token. */
export async function createUser(
  server: TestGatehouse,
  email: string,
  fields: object = {},
): Promise<GeminiUser> {
  return userOf(await askUser(server, email, fields));
}

/** Signs somebody in at document 000. */
export async function logIn(
  server: TestGatehouse,
  username: string,
  fields: object = {},
): Promise<GeminiUser> {
  return userOf(await askToken(server, username, fields));
}

function userOf({ status, body }: Answer): GeminiUser {
  if (status !== 201) throw new Error(`No token was given: ${status} ${JSON.stringify(body)}`);
  const { id, email } = body.user as { id: string; email: string };
  return { id, email, token: body.access_token as string };
}

/** An error of RFC 6749 or RFC 6750, status and whole body. */
export const refusal = (status: number, error: string, error_description: string) => ({
  status,
  body: { error, error_description },
});

export const INVALID_CLIENT = refusal(
  401,
  'invalid_client',
  'The client is unknown, or could not show who it is.',
);
export const INVALID_GRANT = refusal(400, 'invalid_grant', 'The user name or the password is wrong.');
export const INVALID_SCOPE = refusal(
  400,
  'invalid_scope',
  'The scope is unknown, or not for this client to ask for.',
);
export const INVALID_TOKEN = refusal(
  401,
  'invalid_token',
  'The access token is unknown, expired or revoked.',
);
export const INSUFFICIENT_SCOPE = refusal(
  403,
  'insufficient_scope',
  'The access token was not given for this.',
);
export const NOT_FOUND = refusal(404, 'not_found', 'There is nothing here.');
export const invalidRequest = (description: string) => refusal(400, 'invalid_request', description);

/** What may be done with a token of these scopes, as the reference note (1.2) prints it; only what works. */
export function linksOf(id: string, scope: readonly string[] = SCOPES) {
  const link = (method: string, href: string, title: string) => ({ href, method, title });
  return {
    ...(scope.includes('profile') && {
      delete: link('POST', `/api/users/${id}/delete`, 'Delete this user account.'),
      edit: link('PATCH', `/api/users/${id}`, 'Edit this user account.'),
      self: link('GET', `/api/users/${id}`, 'User data and profile information.'),
    }),
    ...(scope.includes('performer') && {
      'new-artist': link('POST', `/api/artist/${id}/new`, 'Create a new performer profile for this user.'),
    }),
    ...(scope.includes('venue') && {
      'new-venue': link('POST', `/api/venue/${id}/new`, 'Create a new venue profile for this user.'),
    }),
  };
}

/** A user as the reference note (1.2) prints a fresh one. */
export const freshUser = (
  id: string,
  email: string,
  fields: object = {},
  scope: readonly string[] = SCOPES,
) => ({
  _links: linksOf(id, scope),
  address: null,
  allow_email_notifications: true,
  artists: [],
  cities: [],
  email,
  first_name: null,
  has_confirmed_email: false,
  id,
  last_name: null,
  locale: 'en_US',
  phone: null,
  selfmatches: [],
  venues: [],
  zip_code: null,
  ...fields,
});

/** The whole answer of both ways to a token (contract 4.1). */
export function tokenAnswer(
  { id, email, token }: GeminiUser,
  scope: readonly string[] = SCOPES,
  fields: object = {},
) {
  const user = freshUser(id, email, fields, scope);
  return {
    status: 201,
    body: {
      access_token: token,
      token_type: 'Bearer',
      expires_in: 86_400,
      scope: scope.join(' '),
      token: { access_token: token, expires_in: 86_400, scope, token_type: 'Bearer' },
      user,
      _links: user._links,
    },
  };
}
