import { bearer, type Answer } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';
import type { FuzzAddress, FuzzRoute, FuzzSurface, FuzzTargets } from '../../support/fuzz-routes.js';
import type { TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { basic, CREATE, createBody, createUser, SCOPES, TOKEN, tokenBody } from './requests.js';

let count = 0;
const freshEmail = () => `fuzz-000-${++count}@example.com`;

/** Document 000 in the type-fuzz. */
export const geminiFuzz: FuzzSurface = {
  name: 'gemini',
  prepare,
  faultOf,
};

const DETAILS = ['name', 'description', 'genre', 'website_url', 'phone', 'email', 'address', 'zip_code'];
const CLIENT = ['client_id', 'client_secret'];

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  const { name, secrets } = await declareClient(server);
  // He signs in; the editor's address changes on the way.
  const user = await createUser(server, freshEmail());
  const editor = await createUser(server, freshEmail());
  const asEditor = bearer(editor.token);
  const made = async (kind: string) => {
    const { body } = await server.api.post(`/api/${kind}/${editor.id}/new`, { name: 'x' }, asEditor);
    return body.id as string;
  };
  const inBody = { client_id: name, client_secret: secrets[0] };
  const routes: FuzzRoute[] = [
    {
      method: 'POST',
      path: CREATE,
      answers: 201,
      fields: ['email', 'password', 'grant_type', 'scope', 'has_accepted_terms', ...CLIENT],
      valid: () => createBody(freshEmail()),
      headers: basic(),
    },
    {
      method: 'POST',
      path: TOKEN,
      answers: 201,
      fields: ['username', 'password', 'grant_type', 'scope', 'otp'],
      valid: () => tokenBody(user.email),
      headers: basic(),
    },
    {
      method: 'POST',
      path: TOKEN,
      answers: 201,
      fields: CLIENT,
      valid: () => ({ ...tokenBody(user.email, { password: PASSWORD }), ...inBody }),
    },
    {
      method: 'PATCH',
      path: `/api/users/${editor.id}`,
      answers: 200,
      fields: [...USER_FIELDS, 'password', 'id'],
      valid: () => ({ first_name: 'Ada' }),
      headers: asEditor,
    },
    {
      method: 'PATCH',
      path: `/api/artists/${await made('artist')}`,
      answers: 200,
      fields: DETAILS,
      valid: () => ({ name: 'x' }),
      headers: asEditor,
    },
    {
      method: 'PATCH',
      path: `/api/venues/${await made('venue')}`,
      answers: 200,
      fields: DETAILS,
      valid: () => ({ name: 'x' }),
      headers: asEditor,
    },
    {
      method: 'POST',
      path: `/api/artist/${editor.id}/new`,
      answers: 201,
      fields: DETAILS,
      valid: () => ({ name: 'x' }),
      headers: asEditor,
    },
    {
      method: 'POST',
      path: `/api/venue/${editor.id}/new`,
      answers: 201,
      fields: DETAILS,
      valid: () => ({ name: 'x' }),
      headers: asEditor,
    },
  ];
  return { routes, addresses: addressesFor(asEditor) };
}

const USER_FIELDS = [
  'first_name',
  'last_name',
  'phone',
  'zip_code',
  'address',
  'locale',
  'allow_email_notifications',
  'email',
];

function addressesFor(headers: Record<string, string>): FuzzAddress[] {
  return [
    { path: '/api/users/{}' },
    { path: '/api/oauth/{}' },
    { path: `${TOKEN}?{}` },
    { path: `${CREATE}?{}` },
    { path: '/api/users/{}', headers },
    { path: '/api/users/{}/delete', headers },
    { path: '/api/artist/{}/new', headers },
    { path: '/api/venue/{}/new', headers },
    { path: '/api/artists/{}', headers },
    { path: '/api/venues/{}', headers },
    { path: '/api/artists/{}?{}', headers },
  ];
}

/** The refusals that may be, with their statuses (RFC 6749 5.2, RFC 6750 3.1, RFC 9110). */
const REFUSALS: Readonly<Record<string, readonly number[]>> = {
  invalid_request: [400, 405, 413, 414, 415],
  invalid_client: [401],
  invalid_grant: [400],
  invalid_scope: [400],
  unsupported_grant_type: [400],
  invalid_token: [401],
  insufficient_scope: [403],
  not_found: [404],
};

function faultOf(answer: Answer): string | null {
  const type = answer.headers.get('content-type') ?? '';
  const { status } = answer;
  if (status === 204) return answer.body === '' ? null : 'a body with 204';
  if (type !== 'application/json; charset=utf-8') return `the content type ${type}`;
  const body = answer.body as Record<string, unknown>;
  if (status < 300) return faultOfSuccess(answer, body);
  if (Object.keys(body).sort().join() !== 'error,error_description') return 'not the shape of a refusal';
  if (!isText(body.error) || !isText(body.error_description)) return 'a refusal without words';
  if (REFUSALS[body.error]?.includes(status) !== true) return `no refusal that there is`;
  return faultOfChallenge(answer, body.error);
}

function faultOfSuccess({ headers }: Answer, body: Record<string, unknown>): string | null {
  if (!('access_token' in body)) return typeof body._links === 'object' ? null : 'no _links';
  if (!/no-store/.test(headers.get('cache-control') ?? '')) return 'a token that may be stored';
  const scope = String(body.scope).split(' ');
  return scope.every((word) => SCOPES.some((known) => known === word)) ? null : 'a scope that there is not';
}

/** Each 401 tells how to come in (RFC 9110 11.6.1). */
function faultOfChallenge({ status, headers }: Answer, error: string): string | null {
  const scheme = (headers.get('www-authenticate') ?? '').split(' ')[0];
  const wanted = error === 'invalid_client' ? 'Basic' : status === 401 || status === 403 ? 'Bearer' : '';
  return scheme === wanted ? null : `the challenge ${scheme}`;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
