import type { Answer } from '../../support/api.js';
import { cookieHeader, cookieOf } from '../../support/cookies.js';
import { makePerson, PASSWORD } from '../../support/declared-people.js';
import type { FuzzAddress, FuzzRoute, FuzzSurface, FuzzTargets } from '../../support/fuzz-routes.js';
import type { TestGatehouse } from '../../support/gatehouse.js';

const EMAIL = 'fuzz-002@example.com';

let count = 0;
const freshEmail = () => `fuzz-002-${++count}@example.com`;

/** Document 002 in the type-fuzz. */
export const romeoFuzz: FuzzSurface = {
  name: 'romeo',
  prepare,
  faultOf,
};

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  await makePerson(server, { email: EMAIL });
  const answer = await server.api.post('/api/login', { username: EMAIL, password: PASSWORD });
  const headers = cookieHeader(cookieOf(answer));
  return { routes: routesFor(answer.body.account.href as string, headers), addresses: addressesFor(headers) };
}

function routesFor(account: string, headers: Record<string, string>): FuzzRoute[] {
  return [
    {
      method: 'POST',
      path: '/api/login',
      answers: 200,
      fields: ['username', 'password', 'remember'],
      valid: () => ({ username: EMAIL, password: PASSWORD, remember: true }),
    },
    {
      method: 'POST',
      path: '/api/register',
      answers: 200,
      fields: ['username', 'password', 'name', 'display_name', 'remember'],
      valid: () => ({ username: freshEmail(), password: PASSWORD, name: 'Fuzz', display_name: 'Fuzz' }),
    },
    {
      // No provider is asked: every field is looked at beside an unknown one.
      method: 'POST',
      path: '/api/login/external',
      answers: 400,
      fields: ['external_system', 'external_token', 'username', 'remember', 'metadata'],
      valid: () => ({ external_system: 'myspace', external_token: 'a:b', username: freshEmail() }),
    },
    {
      method: 'POST',
      path: '/api/validate_token',
      answers: 400,
      fields: ['token'],
      valid: () => ({ token: '00000000-0000-0000-0000-000000000000' }),
    },
    {
      method: 'POST',
      path: '/api/video/28099975/collaborators',
      answers: 204,
      fields: ['email', 'name', 'can_download', 'can_comment'],
      valid: () => ({ email: freshEmail(), name: 'Fuzz', can_download: true, can_comment: false }),
      headers,
    },
    {
      method: 'POST',
      path: '/api/logout',
      answers: 204,
      fields: ['session'],
      valid: () => ({}),
    },
    {
      method: 'PATCH',
      path: account,
      answers: 200,
      fields: ['display_name', 'description', 'name'],
      valid: () => ({ display_name: 'Fuzz', description: 'fuzzy' }),
      headers,
    },
  ];
}

function addressesFor(headers: Record<string, string>): FuzzAddress[] {
  return [
    { path: '/api/{}' },
    { path: '/api?{}' },
    { path: '/logout?{}' },
    { path: '/api/account/{}' },
    { path: '/api/account/{}', headers },
    { path: '/api/user/{}', headers },
    { path: '/api/login?username={}' },
    { path: '/api/video/{}', headers },
    { path: '/api/video/{}/collaborators', headers },
    { path: '/auth/{}' },
    { path: '/auth/{}/redirect' },
    { path: '/auth/{}/callback' },
    { path: '/auth/twitter_redirect?callback={}' },
    { path: '/auth/twitter_callback?callback={}&oauth_token={}' },
    { path: '/auth/twitter_callback?denied={}' },
    { path: '/media/{}' },
  ];
}

const PAGES = /^\/(logout|auth\/)/;

/** The refusals that may be, with their statuses (reference note 0; contract 3.9, 4.3). */
const REFUSALS: Readonly<Record<string, readonly number[]>> = {
  invalid_request: [400, 413, 414, 415],
  invalid_token: [401],
  access_denied: [403],
};

function faultOf(answer: Answer, { path }: { readonly path: string }): string | null {
  const { status } = answer;
  const type = answer.headers.get('content-type') ?? '';
  if (status === 204) return answer.body === '' ? null : 'a body with 204';
  if (status < 300 && PAGES.test(path)) return type.startsWith('text/html') ? null : 'no page';
  if (type !== 'application/json; charset=utf-8') return `the content type ${type}`;
  const body = answer.body as Record<string, unknown>;
  if (status < 300) return keysOf(body).some((key) => SUCCESSES.has(key)) ? null : 'no answer that there is';
  // Flask's own refusals are of another shape.
  if (status === 404 || status === 405) return faultOfFlask(body, status);
  if (typeof body.error !== 'string' || REFUSALS[body.error]?.includes(status) !== true) {
    return 'no refusal that there is';
  }
  return 'form_errors' in body ? faultOfForm(body.form_errors) : null;
}

const SUCCESSES: ReadonlySet<string> = new Set([
  'account',
  'user',
  'auth_status',
  'display_name',
  'username',
]);

function faultOfFlask(body: Record<string, unknown>, status: number): string | null {
  const isShape = keysOf(body).join() === 'message,status' && typeof body.message === 'string';
  return isShape && body.status === status ? null : 'not the shape of a refusal of Flask';
}

/** Each field with its sentences, at least one of each. */
function faultOfForm(errors: unknown): string | null {
  if (typeof errors !== 'object' || errors === null) return 'form_errors without fields';
  const lists = Object.values(errors) as unknown[];
  const isSound = (list: unknown) =>
    Array.isArray(list) && list.length > 0 && list.every((text) => typeof text === 'string' && text !== '');
  return lists.length > 0 && lists.every(isSound) ? null : 'form_errors without sentences';
}

const keysOf = (body: object) => Object.keys(body).sort();
