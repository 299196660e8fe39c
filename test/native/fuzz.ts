import { bearer, type Answer } from '../support/api.js';
import { makePerson, PASSWORD, signIn } from '../support/declared-people.js';
import type { FuzzSurface, FuzzTargets } from '../support/fuzz-routes.js';
import type { TestGatehouse } from '../support/gatehouse.js';

const EMAIL = 'fuzz-native@example.com';
const ADMIN_EMAIL = 'fuzz-native-admin@example.com';

/** The native API in the type-fuzz: its routes that anybody reaches. */
export const nativeFuzz: FuzzSurface = {
  name: 'native',
  prepare,
  faultOf,
};

async function prepare(server: TestGatehouse): Promise<FuzzTargets> {
  const headers = bearer(await signIn(server, await makePerson(server, { email: EMAIL })));
  const admin = await makePerson(server, { email: ADMIN_EMAIL, type: 'admin', level: 'superuser' });
  const asAdmin = bearer(await signIn(server, admin));
  let made = 0;
  const routes = [
    {
      method: 'PATCH',
      path: '/v1/password-policy',
      answers: 200,
      fields: [
        'minLength',
        'minDigits',
        'minLower',
        'minUpper',
        'minSpecial',
        'specialCharacters',
        'refuseCommon',
        'expiresAfterDays',
        'allowsReuse',
      ],
      valid: () => ({ minLength: 8, specialCharacters: '!?', refuseCommon: false }),
      headers: asAdmin,
    },
    {
      method: 'POST',
      path: '/v1/roles',
      answers: 201,
      fields: ['name', 'permissions'],
      valid: () => ({ name: `fuzz-${(made += 1)}`, permissions: ['POS:VIEW'] }),
      headers: asAdmin,
    },
    {
      method: 'POST',
      path: '/v1/clients',
      answers: 201,
      fields: ['id', 'grants', 'scopes'],
      valid: () => ({ id: `fuzz-${(made += 1)}`, grants: ['password'], scopes: ['venue'] }),
      headers: asAdmin,
    },
    {
      method: 'PATCH',
      path: '/v1/clients/fuzz',
      answers: 404,
      fields: ['grants', 'scopes', 'state'],
      valid: () => ({ grants: ['password'], scopes: ['venue'], state: 'active' }),
      headers: asAdmin,
    },
    {
      method: 'POST',
      path: '/v1/sessions',
      answers: 201,
      fields: ['identifier', 'password', 'otp', 'remember', 'trustDevice'],
      valid: () => ({
        identifier: EMAIL,
        password: PASSWORD,
        otp: '123456',
        remember: true,
        trustDevice: true,
      }),
      takesForms: false,
    },
    {
      method: 'POST',
      path: '/v1/sessions/current/confirm',
      answers: 204,
      fields: ['password', 'otp'],
      valid: () => ({ password: PASSWORD }),
      headers,
    },
    {
      method: 'POST',
      path: '/v1/me/factors/totp/confirm',
      answers: 409,
      fields: ['code'],
      valid: () => ({ code: '123456' }),
      headers,
    },
    {
      method: 'PUT',
      path: '/v1/factor-policy',
      answers: 204,
      fields: ['requiredFrom'],
      valid: () => ({ requiredFrom: 'superuser' }),
      headers: asAdmin,
    },
    {
      method: 'PATCH',
      path: '/v1/me',
      answers: 200,
      fields: ['firstName', 'lastName', 'phone', 'locale', 'email'],
      valid: () => ({ firstName: 'Ada', lastName: 'King', locale: 'en_US' }),
      headers,
    },
  ];
  return {
    routes,
    addresses: [
      { path: '/v1/{}' },
      { path: '/v1/roles/{}', headers: asAdmin },
      { path: '/v1/roles?q={}', headers: asAdmin },
      { path: '/v1/clients/{}', headers: asAdmin },
      { path: '/v1/clients?q={}', headers: asAdmin },
      { path: '/v1/clients?cursor={}', headers: asAdmin },
      { path: '/v1/sessions/{}', headers },
      { path: '/v1/sessions?{}', headers },
      { path: '/v1/me/trusted-devices/{}', headers },
      { path: '/v1/me/trusted-devices?{}', headers },
    ],
  };
}

/** RFC 9457; the code stands in the type, and a 401 tells how to come in. */
function faultOf(answer: Answer): string | null {
  const { status } = answer;
  if (status === 204) return answer.body === '' ? null : 'a body with 204';
  const type = answer.headers.get('content-type') ?? '';
  if (status < 300) return type.startsWith('application/json') ? null : `the content type ${type}`;
  if (!type.startsWith('application/problem+json')) return `the content type ${type}`;
  const body = answer.body as Record<string, unknown>;
  if (body.status !== status || typeof body.title !== 'string') return 'no problem details';
  if (body.type !== `urn:gatehouse:problem:${String(body.code)}`) return 'a type without its code';
  return status === 401 && answer.headers.get('www-authenticate') !== 'Bearer' ? 'no challenge' : null;
}
