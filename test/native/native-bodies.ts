import { bearer, type Answer } from '../support/api.js';
import { makeKey, makeSignedIn, type SignedIn } from '../support/api-keys.js';
import { makePerson, PASSWORD, type Person } from '../support/declared-people.js';
import type { TestGatehouse } from '../support/gatehouse.js';
import { PasskeyDevice } from '../support/passkey-device.js';

type Body = Readonly<Record<string, unknown>>;

/** Whom and what the requests below are about. */
export interface Subjects {
  /** A superuser, who asks. */
  readonly root: SignedIn;
  /** A customer, who asks what is about himself alone. */
  readonly member: SignedIn;
  /** A customer, whom it is done to. */
  readonly subject: Person;
  readonly accountId: string;
  readonly keyId: string;
  readonly roleId: string;
  readonly clientId: string;
}

/** A request that does what its operation is for. */
export interface NativeRequest {
  readonly path?: (subjects: Subjects) => string;
  /** Another one for each `serial`, where what is made must be unique. */
  readonly body: (serial: number, subjects: Subjects) => Body;
  readonly answers: number;
  readonly by?: 'member';
}

/** What nobody was asked with. */
const ASKED = { challenge: 'a-challenge-of-nobody', user: { id: 'bm9ib2R5' } };

/** One request for each operation of `/v1` that takes a body. */
export const NATIVE_BODIES: Readonly<Record<string, NativeRequest>> = {
  'POST /v1/users': {
    body: (serial) => ({ email: `made-${serial}@bodies.example`, firstName: 'Ada' }),
    answers: 201,
  },
  'PATCH /v1/users/:id': {
    path: ({ subject }) => `/v1/users/${subject.uid}`,
    body: () => ({ firstName: 'Ada', lastName: 'King' }),
    answers: 200,
  },
  'PATCH /v1/me': { body: () => ({ firstName: 'Ada', locale: 'en_US' }), answers: 200, by: 'member' },
  'PUT /v1/me/password': {
    body: () => ({ currentPassword: 'not his', password: 'another one 22' }),
    answers: 400,
    by: 'member',
  },
  'PUT /v1/me/email': { body: () => ({ email: 'member@bodies.example' }), answers: 200, by: 'member' },
  'PATCH /v1/accounts/:id': {
    path: ({ accountId }) => `/v1/accounts/${accountId}`,
    body: () => ({ displayName: 'Ada', description: 'Counts' }),
    answers: 200,
    by: 'member',
  },
  'POST /v1/api-keys': { body: (serial) => ({ name: `key ${serial}` }), answers: 201 },
  'POST /v1/api-keys/:id/rotate': {
    path: ({ keyId }) => `/v1/api-keys/${keyId}/rotate`,
    body: () => ({ overlapSeconds: 60 }),
    answers: 200,
  },
  'POST /v1/roles': {
    body: (serial) => ({ name: `role ${serial}`, permissions: ['POS:VIEW'] }),
    answers: 201,
  },
  'PATCH /v1/roles/:id': {
    path: ({ roleId }) => `/v1/roles/${roleId}`,
    body: () => ({ permissions: ['POS:VIEW', 'LEVEL:VIEW'] }),
    answers: 200,
  },
  'POST /v1/clients': {
    body: (serial) => ({ id: `client-${serial}`, grants: ['password'], scopes: ['venue'] }),
    answers: 201,
  },
  'PATCH /v1/clients/:id': {
    path: ({ clientId }) => `/v1/clients/${clientId}`,
    body: () => ({ scopes: ['profile'] }),
    answers: 200,
  },
  'PATCH /v1/password-policy': { body: () => ({ minLength: 9, refuseCommon: false }), answers: 200 },
  'PUT /v1/factor-policy': { body: () => ({ requiredFrom: 'superuser' }), answers: 204 },
  'POST /v1/sessions': {
    body: (_, { subject }) => ({ identifier: subject.email, password: subject.password }),
    answers: 201,
  },
  'POST /v1/sessions/current/confirm': {
    body: () => ({ password: PASSWORD }),
    answers: 204,
    by: 'member',
  },
  'POST /v1/sessions/passkey': {
    body: () => ({ response: new PasskeyDevice().get(ASKED, { userHandle: ASKED.user.id }), remember: true }),
    answers: 401,
  },
  'POST /v1/sign-in-links': { body: (_, { subject }) => ({ email: subject.email }), answers: 202 },
  'POST /v1/me/factors/totp/confirm': { body: () => ({ code: '123456' }), answers: 409, by: 'member' },
  'POST /v1/me/passkeys': {
    body: () => ({ name: 'Telephone', response: new PasskeyDevice().create(ASKED) }),
    answers: 400,
    by: 'member',
  },
  'PATCH /v1/me/passkeys/:id': {
    path: () => '/v1/me/passkeys/0190aaaa-0000-7000-8000-000000000000',
    body: () => ({ name: 'Telephone' }),
    answers: 404,
    by: 'member',
  },
  'POST /v1/me/identities': {
    body: () => ({ provider: 'twitter', token: 'a-token-of-nobody' }),
    answers: 404,
    by: 'member',
  },
};

/** Makes whom and what the requests are about. */
export async function makeSubjects(server: TestGatehouse): Promise<Subjects> {
  const root = await makeSignedIn(server, {
    name: 'bodies-root',
    email: 'root@bodies.example',
    type: 'admin',
    level: 'superuser',
  });
  const member = await makeSignedIn(server, { name: 'bodies-member', email: 'member@bodies.example' });
  const subject = await makePerson(server, { name: 'bodies-subject', email: 'subject@bodies.example' });
  const headers = bearer(root.token);
  const role = await server.api.post('/v1/roles', { name: 'a role', permissions: ['POS:VIEW'] }, headers);
  const client = await server.api.post('/v1/clients', { id: 'a-client' }, headers);
  const accounts = await server.api.get(`/v1/accounts?ownerId=${member.uid}`, headers);
  return {
    root,
    member,
    subject,
    accountId: String(accounts.body.items[0].id),
    keyId: (await makeKey(server, root)).id,
    roleId: role.body.id as string,
    clientId: client.body.id as string,
  };
}

/** The path of an operation's request, and the credential of who asks. */
export function addressOf(operation: string, subjects: Subjects) {
  const [method = '', route = ''] = operation.split(' ');
  const { path, by } = requestOf(operation);
  const { token } = by === 'member' ? subjects.member : subjects.root;
  return { method, path: path?.(subjects) ?? route, headers: bearer(token) };
}

/** @throws Error for an operation that takes a body and has no request here */
export function requestOf(operation: string): NativeRequest {
  const request = NATIVE_BODIES[operation];
  if (!request) throw new Error(`${operation} takes a body: give it one in native-bodies.ts`);
  return request;
}

/** Sends an operation's request, its body changed by `change`. */
export function send(
  server: TestGatehouse,
  operation: string,
  subjects: Subjects,
  serial: number,
  change: (body: Body) => Body = (body) => body,
): Promise<Answer> {
  const { method, path, headers } = addressOf(operation, subjects);
  return server.api.send(method, path, change(requestOf(operation).body(serial, subjects)), headers);
}
