import { tokenHeader, type Answer } from '../../support/api.js';
import { makePerson, PASSWORD, signIn } from '../../support/declared-people.js';
import type { FuzzAddress, FuzzRoute, FuzzSurface, FuzzTargets } from '../../support/fuzz-routes.js';
import type { TestGatehouse } from '../../support/gatehouse.js';
import { CHANGE, LOGIN, ME, REGISTER, RESET, twice } from './bodies.js';

let count = 0;
const freshEmail = () => `fuzz-${++count}@example.com`;

/** Document 004 in the type-fuzz. */
export const concreteDatastoreFuzz: FuzzSurface = {
  name: 'concrete-datastore',
  prepare,
  faultOf,
};

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  const manager = await makePerson(server, { email: freshEmail(), level: 'manager' });
  const person = await makePerson(server, { email: freshEmail() });
  const asManager = tokenHeader(await signIn(server, manager));
  const asPerson = tokenHeader(await signIn(server, person));
  // His address changes on the way.
  const editor = await makePerson(server, { email: freshEmail() });
  const asEditor = tokenHeader(await signIn(server, editor));
  const routes: FuzzRoute[] = [
    {
      method: 'POST',
      path: REGISTER,
      answers: 201,
      fields: ['email', 'password1', 'password2', 'url_format', 'email_format', 'first_name', 'last_name'],
      valid: () => ({ email: freshEmail(), ...twice(PASSWORD) }),
    },
    {
      method: 'POST',
      path: REGISTER,
      answers: 201,
      fields: ['email', 'url_format', 'email_format'],
      valid: () => ({ email: freshEmail(), url_format: '/{token}/{email}', email_format: '{link}' }),
      headers: asManager,
    },
    {
      method: 'POST',
      path: LOGIN,
      answers: 200,
      fields: ['email', 'password'],
      valid: () => ({ email: person.email, password: PASSWORD }),
    },
    {
      method: 'POST',
      path: RESET,
      answers: 200,
      fields: ['email', 'url_format'],
      valid: () => ({ email: freshEmail(), url_format: '/{token}/{email}' }),
    },
    {
      method: 'POST',
      path: CHANGE,
      answers: 400,
      fields: ['email', 'password1', 'password2', 'password_change_token'],
      valid: () => ({
        email: person.email,
        ...twice(PASSWORD),
        password_change_token: 'c3b0e5e2-0000-4000-8000-000000000000',
      }),
    },
    {
      method: 'POST',
      path: CHANGE,
      answers: 400,
      fields: ['email'],
      valid: () => ({ email: person.email, ...twice(PASSWORD) }),
      headers: asPerson,
    },
    {
      method: 'PATCH',
      path: ME,
      answers: 200,
      fields: ['email', 'first_name', 'last_name', 'unsubscribe_all', 'unsubscribe_to', 'level', 'uid'],
      valid: () => ({ first_name: 'Ada' }),
      headers: asEditor,
    },
    {
      method: 'POST',
      path: '/api/v1.1/auth/two-factor/login/',
      answers: 401,
      fields: ['email', 'token', 'verification_code'],
      valid: () => ({ email: person.email, token: 'a'.repeat(40), verification_code: '123456' }),
    },
  ];
  return { routes, addresses: addressesFor(asManager) };
}

function addressesFor(headers: Record<string, string>): FuzzAddress[] {
  return [
    { path: '/c/confirm-user-email/{}' },
    { path: '/c/unsubscribe-notifications/{}' },
    { path: '/api/v1.1/{}' },
    { path: '/api/v1.1/auth/{}/' },
    { path: '/api/v1.1/account/me/?c_auth_with_token={}' },
    { path: '/api/v1.1/account/me/?{}' },
    { path: '/api/v1.1/user/{}/', headers },
    { path: '/api/v1.1/user/?page={}', headers },
    { path: '/api/v1.1/user/?c_resp_page_size={}', headers },
  ];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isText);
const isFields = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.values(value).every(isTexts);

/** The five shapes of this surface's refusals (reference note 0), and the pages of its mailed links. */
const SHAPES: readonly ((body: Record<string, unknown>) => boolean)[] = [
  (body) => hasOnly(body, 'message', '_errors') && isText(body.message) && isTexts(body._errors),
  (body) => hasOnly(body, 'errors', '_errors') && isText(body.errors) && isTexts(body._errors),
  (body) => hasOnly(body, 'message', '_errors') && isFields(body.message) && isTexts(body._errors),
  (body) => hasOnly(body, 'detail') && isText(body.detail),
  (body) => hasOnly(body, 'message') && isText(body.message),
  isFields,
];

function hasOnly(body: Record<string, unknown>, ...names: string[]): boolean {
  return Object.keys(body).sort().join() === names.sort().join();
}

function faultOf(answer: Answer, { path }: { readonly path: string }): string | null {
  const type = answer.headers.get('content-type') ?? '';
  if (path.startsWith('/c/')) return isPage(answer.body, type) ? null : 'no page';
  if (answer.body === '') {
    const isDocumented = answer.status === 200 || (answer.status === 400 && path.includes('change-password'));
    return isDocumented ? null : 'an empty body where none is documented';
  }
  if (!type.startsWith('application/json')) return `the content type ${type}`;
  if (answer.status < 300) return typeof answer.body === 'object' ? null : 'no object';
  const body = answer.body as Record<string, unknown>;
  return SHAPES.some((matches) => matches(body)) ? null : 'none of the shapes of a refusal';
}

function isPage(body: unknown, type: string): boolean {
  return type === 'text/html; charset=utf-8' && /^<!doctype html>/.test(String(body));
}
