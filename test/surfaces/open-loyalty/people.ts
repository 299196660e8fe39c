import type { Level, UserType } from '../../../src/common/levels.js';
import { bearer } from '../../support/api.js';
import { makePerson, type Person, type PersonFields } from '../../support/declared-people.js';
import type { TestGatehouse } from '../../support/gatehouse.js';

/** Somebody signed in at 003: `headers` carry his JWT. */
export interface Member extends Person {
  readonly headers: Record<string, string>;
}

/** The paths of 003 that several files ask. */
export const DATA = '/api/admin/data';
export const LIST = '/api/admin';
export const ROLE = '/api/admin/acl/role';

/** A configuration key for servers that have one. */
export const MASTER = 'master-key-of-the-tests-0123456789abcdef';

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/;

/** The three refusals that every route of 003 shares (reference note 0). */
export const FORBIDDEN = { status: 403, body: { error: { code: 403, message: 'Forbidden' } } };
export const NOT_FOUND = { status: 404, body: { error: { code: 404, message: 'Not Found' } } };
export const UNAUTHENTICATED = { status: 401, body: { message: 'Authentication Required' } };
export const BAD_JWT = { status: 401, body: { code: 401, message: 'Invalid JWT Token' } };
export const BAD_KEY = { status: 403, body: { message: 'Username could not be found.' } };
export const BAD_CREDENTIALS = { status: 401, body: { message: 'Bad credentials.' } };

export const BLANK = 'This value should not be blank.';
export const INVALID = 'This value is not valid.';
export const TAKEN = 'This value is already used.';
export const EXTRA = 'This form should not contain extra fields.';

export const keyHeader = (key: string) => ({ 'x-auth-token': key });

/** Asks for a JWT; the answer as it is. */
export function loginCheck(server: TestGatehouse, type: UserType, name: string, password: string) {
  return server.api.post(`/api/${type}/login_check`, { _username: name, _password: password });
}

/** The header of a fresh session. */
export async function signInAt(server: TestGatehouse, type: UserType, { email, password }: Person) {
  const answer = await loginCheck(server, type, email, password);
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status}`);
  return bearer(answer.body.token as string);
}

/** An administrator of a level, made as a manifest would and signed in. */
export async function makeAdmin(
  server: TestGatehouse,
  level: Level,
  fields: Partial<PersonFields> = {},
): Promise<Member> {
  return makeMember(server, 'admin', { email: `${level}@staff.example`, level, ...fields });
}

/** Somebody of any kind, made as a manifest would and signed in. */
export async function makeMember(
  server: TestGatehouse,
  type: UserType,
  fields: PersonFields,
): Promise<Member> {
  const person = await makePerson(server, { ...fields, type });
  return { ...person, headers: await signInAt(server, type, person) };
}

/** A form-encoded body: `admin[email]=…`; a list becomes `admin[roles][0]=…`. */
export function formOf(name: string, fields: Record<string, string | readonly string[]>): URLSearchParams {
  const form = new URLSearchParams();
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(`${name}[${field}]`, value);
    else value.forEach((item, index) => form.append(`${name}[${field}][${index}]`, item));
  }
  return form;
}

/** The eight fields of the document, in its order. */
export const ADMIN_FIELDS = [
  'firstName',
  'lastName',
  'phone',
  'email',
  'plainPassword',
  'external',
  'apiKey',
  'isActive',
] as const;

/** The 400 of a form: all its fields, those at fault with their sentences, and the form's own errors. */
export function refusal(
  fields: readonly string[],
  faults: Record<string, readonly string[]>,
  errors: readonly string[] = [],
) {
  const names = [...new Set([...fields, ...Object.keys(faults)])];
  const children = Object.fromEntries(
    names.map((name) => [name, faults[name] ? { errors: faults[name] } : {}]),
  );
  return { status: 400, body: { form: { children }, errors } };
}

/** What a permission is about, in the order of the lists. */
const RESOURCES = [
  'SEGMENT_EXPORT',
  'EARNING_RULE',
  'LEVEL',
  'TRANSACTION',
  'SELLER',
  'ADMIN',
  'ACL',
  'ANALYTICS',
  'POS',
  'POINT_TRANSFER',
  'SEGMENT',
  'SETTINGS',
  'CUSTOMER',
  'REWARD_CAMPAIGN',
  'AUDIT',
] as const;

type Permission = readonly [resource: string, access: 'VIEW' | 'MODIFY'];

const VIEWS = RESOURCES.map((resource): Permission => [resource, 'VIEW']);
const ALL = RESOURCES.flatMap((resource): Permission[] => [
  [resource, 'VIEW'],
  [resource, 'MODIFY'],
]);

/** A role as every answer shows it. */
export function roleBody(name: string, permissions: readonly Permission[], master = false) {
  return {
    id: expect.stringMatching(UUID) as string,
    name,
    role: 'ROLE_ADMIN',
    master,
    permissions: permissions.map(([resource, access]) => ({
      id: expect.stringMatching(UUID) as string,
      resource,
      access,
    })),
  };
}

/** The built-in roles, from the highest down. */
export const SUPER_ADMIN = roleBody('Super admin', ALL, true);
export const FULL_ADMIN = roleBody('Full admin', ALL);
export const REPORTER_ADMIN = roleBody('Reporter admin', VIEWS);

/** What `GET /api/admin/data/{id}` tells of an administrator whose user name is his address. */
export function adminBody(id: string, email: string, differences: object = {}) {
  return {
    id,
    username: email,
    isActive: true,
    createAt: expect.stringMatching(DATE) as string,
    roles: [REPORTER_ADMIN],
    email,
    external: false,
    dtype: 'admin',
    ...differences,
  };
}

/** Makes a free role and answers its id. */
export async function makeRole(
  server: TestGatehouse,
  { headers }: Pick<Member, 'headers'>,
  name: string,
  permissions: readonly Permission[],
): Promise<string> {
  const made = await server.api.post(ROLE, roleForm(name, permissions), headers);
  if (made.status !== 204) throw new Error(`The role ${name} was refused: ${made.status}`);
  return roleIdOf(server, { headers }, name);
}

/** The JSON body that makes a role. */
export function roleForm(name: string, permissions: readonly Permission[]) {
  return { role: { name, permissions: permissions.map(([resource, access]) => ({ resource, access })) } };
}

/** The id of a role by its name. */
export async function roleIdOf(
  server: TestGatehouse,
  { headers }: Pick<Member, 'headers'>,
  name: string,
): Promise<string> {
  const { body } = await server.api.get(ROLE, headers);
  const roles = body.roles as { id: string; name: string }[];
  const role = roles.find((one) => one.name === name);
  if (!role) throw new Error(`There is no role ${name}`);
  return role.id;
}

let hired = 0;

/** Has `maker` make an active administrator through `POST /api/admin/data`, with these fields beside. */
export async function hire(
  server: TestGatehouse,
  maker: Pick<Member, 'headers'>,
  fields: Record<string, unknown> = {},
): Promise<Person> {
  const email = `hired-${++hired}@staff.example`;
  const password = 'hired password 1';
  const admin = { email, plainPassword: password, isActive: true, ...fields };
  const answer = await server.api.post(DATA, { admin }, maker.headers);
  if (answer.status !== 200) throw new Error(`${email} was refused: ${JSON.stringify(answer.body)}`);
  return { uid: answer.body.adminId as string, email: admin.email, password: admin.plainPassword };
}

/** Has `maker` hire somebody with exactly these rights, by a role of this name; signed in. */
export async function makeHolder(
  server: TestGatehouse,
  maker: Pick<Member, 'headers'>,
  name: string,
  permissions: readonly Permission[],
): Promise<Member & { readonly roleId: string }> {
  const roleId = await makeRole(server, maker, name, permissions);
  const person = await hire(server, maker, { roles: [roleId] });
  return { ...person, roleId, headers: await signInAt(server, 'admin', person) };
}
