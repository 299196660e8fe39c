import { bearer, type Answer } from '../../support/api.js';
import { makePerson, PASSWORD } from '../../support/declared-people.js';
import type { FuzzAddress, FuzzRoute, FuzzSurface, FuzzTargets } from '../../support/fuzz-routes.js';
import type { TestGatehouse } from '../../support/gatehouse.js';
import { AUTH, login } from './sessions.js';

/** Document 001 in the type-fuzz. */
export const backupRepositoryFuzz: FuzzSurface = {
  name: 'backup-repository',
  prepare,
  faultOf,
};

const LOGIN = `${AUTH}/login`;
const LOGOUT = `${AUTH}/logout`;

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  await makePerson(server, { name: 'fuzz-root', email: 'fuzz-root@example.com', level: 'superuser' });
  await makePerson(server, { name: 'fuzz-user', email: 'fuzz-user@example.com' });
  const asRoot = bearer((await login(server, 'fuzz-root')).token);
  const asUser = bearer((await login(server, 'fuzz-user')).token);
  // Ending it again and again ends nothing that the others need.
  const { sessionId: spare } = await login(server, 'fuzz-user');
  const routes: FuzzRoute[] = [
    {
      method: 'POST',
      path: LOGIN,
      answers: 200,
      // The last is of access tokens with a scope, which are no part of the contract.
      fields: ['username', 'password', 'operationsScope'],
      valid: () => ({ username: 'fuzz-user', password: PASSWORD }),
    },
    {
      method: 'DELETE',
      path: `${LOGOUT}?sessionId=${spare}`,
      answers: 200,
      // It reads the query; what a body says of it changes nothing.
      fields: ['sessionId', 'userName'],
      valid: () => ({ sessionId: spare }),
      headers: asUser,
    },
  ];
  return { routes, addresses: [...addressesFor(asRoot), ...addressesFor(asUser), ...ANONYMOUS] };
}

const ANONYMOUS: readonly FuzzAddress[] = [
  { path: '/api/stable/{}' },
  { path: '/api/stable/auth/{}' },
  { path: `${AUTH}/user/{}` },
  { path: `${AUTH}/whoami?token={}` },
];

function addressesFor(headers: Record<string, string>): FuzzAddress[] {
  return [
    { path: `${AUTH}/user/{}`, headers },
    { path: `${AUTH}/token?userName={}`, headers },
    { path: `${AUTH}/token?{}`, headers },
    { path: `${LOGOUT}?sessionId={}`, headers },
    { path: `${AUTH}/whoami?{}`, headers },
  ];
}

function faultOf(answer: Answer, { path }: { readonly path: string }): string | null {
  const type = answer.headers.get('content-type') ?? '';
  const { status, body } = answer;
  if (path === LOGIN && ![200, 401, 413].includes(status)) return 'a faulty sign-in is 401';
  if (typeof body === 'string') return faultOfText(status, body, type);
  if (type !== 'application/json; charset=utf-8') return `the content type ${type}`;
  const given = body as Record<string, unknown>;
  if (status < 300) return isSuccess(given) ? null : 'no envelope of a success';
  if (!hasOwnShape(given, status)) return 'none of the shapes of a refusal';
  const challenge = 'message' in given ? 'JWT realm=backup-repository' : null;
  return answer.headers.get('www-authenticate') === challenge ? null : 'another WWW-Authenticate';
}

/** An unknown address and a wrong method are plain text, as the origin's router has it (reference note 0). */
function faultOfText(status: number, body: string, type: string): string | null {
  if (type !== 'text/plain; charset=utf-8') return `the content type ${type}`;
  const texts: Record<number, string> = { 404: '404 page not found', 405: '405 method not allowed' };
  return texts[status] === body ? null : 'text where none is documented';
}

const isSuccess = (body: Record<string, unknown>): boolean =>
  hasOnly(body, 'data', 'status') && body.status === true && isObject(body.data);

/** The envelopes 2 and 3 of the reference note. */
function hasOwnShape(body: Record<string, unknown>, status: number): boolean {
  if (body.status !== false || !isObject(body.data) || Object.keys(body.data).length > 0) return false;
  if (hasOnly(body, 'data', 'error', 'status')) return isText(body.error);
  return hasOnly(body, 'code', 'data', 'message', 'status') && isText(body.message) && body.code === status;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

function hasOnly(body: Record<string, unknown>, ...names: string[]): boolean {
  return Object.keys(body).sort().join() === names.sort().join();
}
