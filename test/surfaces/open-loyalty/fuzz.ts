import { bearer } from '../../support/api.js';
import { makePerson, PASSWORD } from '../../support/declared-people.js';
import type { FuzzAddress, FuzzRoute, FuzzSurface, FuzzTargets } from '../../support/fuzz-routes.js';
import type { TestGatehouse } from '../../support/gatehouse.js';
import { ADMIN, CUSTOMER, OWN, ROLE, SELLER, SELF } from './fuzz-fields.js';
import { faultOf } from './fuzz-shapes.js';
import { DOORS, loginAt, OWN_RECORD, REFRESH, REVOKE, signInAt, type Door } from './doors.js';

/** Document 003 in the type-fuzz. */
export const openLoyaltyFuzz: FuzzSurface = { name: 'open-loyalty', prepare, faultOf };

const UNKNOWN = 'c3b0e5e2-0000-4000-8000-000000000000';
const ROLES = '/api/admin/acl/role';

let count = 0;
const fresh = () => `fuzz-${++count}-of-003`;
const freshEmail = () => `${fresh()}@example.com`;

type Headers = Record<string, string>;

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  const { api } = server;
  const enter = async (door: Door) => {
    const email = freshEmail();
    await makePerson(server, { email, type: door, level: door === 'admin' ? 'superuser' : 'member' });
    return { email, pair: await signInAt(api, door, email) };
  };
  const [admin, seller, leaving] = [await enter('admin'), await enter('seller'), await enter('admin')];
  const asAdmin = bearer(admin.pair.token);
  const asSeller = bearer(seller.pair.token);
  const made = async (path: string, body: object, id: string) =>
    String((await api.post(path, body, asAdmin)).body[id]);
  const target = await made(
    OWN_RECORD,
    { admin: { email: freshEmail(), plainPassword: PASSWORD } },
    'adminId',
  );
  await api.post(ROLES, { role: { name: fresh() } }, asAdmin);
  const { roles } = (await api.get(ROLES, asAdmin)).body as { roles: { id: string }[] };
  const people = { asAdmin, asSeller };
  return {
    routes: [
      ...(await signInRoutes(enter)),
      ...administratorRoutes(asAdmin, target, bearer((await enter('admin')).pair.token)),
      ...roleRoutes(asAdmin, roles.at(-1)!.id),
      ...memberRoutes(people),
    ],
    addresses: addressesFor({ ...people, leaving: bearer(leaving.pair.token) }),
  };
}

type Enter = (door: Door) => Promise<{ email: string; pair: { token: string; refreshToken: string } }>;

async function signInRoutes(enter: Enter): Promise<FuzzRoute[]> {
  const routes: FuzzRoute[] = [];
  for (const door of DOORS) {
    const { email } = await enter(door);
    const other = await enter(door);
    routes.push(
      {
        method: 'POST',
        path: loginAt(door),
        answers: 200,
        fields: ['_username', '_password'],
        valid: () => ({ _username: email, _password: PASSWORD }),
      },
      {
        method: 'POST',
        path: `/api/${door}/password/change`,
        // The same password again: it would be of use once only, were it another.
        answers: 400,
        fields: ['currentPassword', 'plainPassword'],
        valid: () => ({ currentPassword: PASSWORD, plainPassword: PASSWORD }),
        headers: bearer(other.pair.token),
      },
    );
  }
  const { pair } = await enter('customer');
  return [
    ...routes,
    {
      method: 'POST',
      path: REFRESH,
      answers: 200,
      fields: ['refresh_token'],
      valid: () => ({ refresh_token: pair.refreshToken }),
    },
    ...['/api/password/reset/request', '/api/customer/password/reset/request'].map((path) => ({
      method: 'POST',
      path,
      answers: 200,
      fields: ['username'],
      valid: () => ({ username: freshEmail() }),
    })),
    {
      method: 'POST',
      path: '/api/password/reset',
      answers: 404,
      fields: ['token', 'reset', 'reset[plainPassword]'],
      valid: () => ({ token: UNKNOWN, 'reset[plainPassword]': PASSWORD }),
    },
  ];
}

function administratorRoutes(asAdmin: Headers, target: string, asEditor: Headers): FuzzRoute[] {
  const email = freshEmail();
  const draft = () => ({
    'admin[email]': freshEmail(),
    'admin[external]': '1',
    'admin[apiKey]': `${fresh()}-permanent-token`,
    'admin[isActive]': '1',
  });
  return [
    { method: 'POST', path: OWN_RECORD, answers: 200, fields: ADMIN, valid: draft, headers: asAdmin },
    {
      method: 'PUT',
      path: `${OWN_RECORD}/${target}`,
      answers: 200,
      fields: ADMIN,
      valid: draft,
      headers: asAdmin,
    },
    {
      method: 'PUT',
      path: OWN_RECORD,
      answers: 200,
      fields: OWN,
      valid: () => ({ 'admin[email]': email, 'admin[firstName]': 'Ada' }),
      headers: asEditor,
    },
  ];
}

function roleRoutes(headers: Headers, free: string): FuzzRoute[] {
  const valid = () => ({
    'role[name]': fresh(),
    'role[permissions][0][resource]': 'CUSTOMER',
    'role[permissions][0][access]': 'VIEW',
  });
  return [
    { method: 'POST', path: ROLES, answers: 204, fields: ROLE, valid, headers },
    { method: 'PUT', path: `${ROLES}/${free}`, answers: 204, fields: ROLE, valid, headers },
    { method: 'DELETE', path: `${ROLES}/${UNKNOWN}`, answers: 404, fields: ['role'], valid, headers },
  ];
}

function memberRoutes({ asAdmin, asSeller }: { asAdmin: Headers; asSeller: Headers }): FuzzRoute[] {
  const customer = () => ({
    'customer[firstName]': 'Jo',
    'customer[lastName]': 'Doe',
    'customer[email]': freshEmail(),
    'customer[agreement1]': '1',
  });
  const by = (path: string, headers: Headers, fields: readonly string[]): FuzzRoute => ({
    method: 'POST',
    path,
    answers: 200,
    fields,
    valid: customer,
    headers,
  });
  return [
    {
      ...by('/api/customer/self_register', {}, SELF),
      valid: () => ({ ...customer(), 'customer[plainPassword]': PASSWORD }),
    },
    by('/api/customer/register', asAdmin, CUSTOMER),
    // The same form at two more addresses.
    by('/api/admin/customer/register', asAdmin, CUSTOMER.slice(0, 2)),
    by('/api/seller/customer/register', asSeller, CUSTOMER.slice(0, 2)),
    {
      method: 'POST',
      path: '/api/seller/register',
      answers: 200,
      fields: SELLER,
      valid: () => ({
        'seller[firstName]': 'Jo',
        'seller[lastName]': 'Doe',
        'seller[email]': freshEmail(),
        'seller[plainPassword]': PASSWORD,
        'seller[active]': '1',
      }),
      headers: asAdmin,
    },
  ];
}

interface Callers {
  readonly asAdmin: Headers;
  readonly asSeller: Headers;
  readonly leaving: Headers;
}

function addressesFor({ asAdmin, asSeller, leaving }: Callers): FuzzAddress[] {
  const asked = [
    '/api/admin?page={}',
    '/api/admin?perPage={}',
    '/api/admin?sort={}',
    '/api/admin?direction={}',
    '/api/admin?{}',
    `${OWN_RECORD}/{}`,
    `${ROLES}/{}`,
    '/api/admin/customer/{}/activate',
    '/api/admin/customer/{}/deactivate',
    '/api/seller/{}/activate',
    '/api/seller/{}/deactivate',
    '/api/customer/check?emailOrPhone={}',
    '/api/admin/analytics/customers?{}',
  ];
  return [
    ...asked.map((path) => ({ path, headers: asAdmin })),
    { path: '/api/seller/{}/activate', headers: asSeller },
    { path: '/api/admin/{}' },
    { path: '/api/customer/activate/{}' },
    { path: '/api/token/{}' },
    { path: `${OWN_RECORD}?auth_token={}` },
    { path: '/api/password/reset?token={}' },
    { path: `${REVOKE}?{}`, headers: leaving },
  ];
}
