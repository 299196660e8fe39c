import { bearer, outcome } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  BAD_CREDENTIALS,
  BAD_JWT,
  BLANK,
  FORBIDDEN,
  INVALID,
  loginCheck,
  makeMember,
  refusal,
  UNAUTHENTICATED,
} from './people.js';

const NEW = 'New-password 2';
const SUCCESS = { status: 200, body: { success: true } };
const CHANGE_FIELDS = ['currentPassword', 'plainPassword'] as const;
const NOT_CURRENT = "This value should be the user's current password.";
const TOO_WEAK = [
  'Your password must be at least 8 characters long.',
  'Your password must include at least one number.',
  'Your password must contain at least one special character.',
];
const TYPES = ['admin', 'customer', 'seller'] as const;

let server: TestGatehouse;
let count = 0;
const freshEmail = () => `person-${++count}@example.com`;

beforeAll(async () => {
  server = await startTestGatehouse({ PASSWORD_MIN_DIGITS: '1', PASSWORD_MIN_SPECIAL: '1' });
});
afterAll(() => server.stop());

const meStatus = async (headers: Record<string, string>) => (await server.api.get('/v1/me', headers)).status;

describe.each(TYPES)('POST /api/%s/password/change', (type) => {
  const path = `/api/${type}/password/change`;
  const change = (headers: Record<string, string>, body: unknown) => server.api.post(path, body, headers);
  const newcomer = () => makeMember(server, type, { email: freshEmail() });

  it('sets the password; the session that asks goes on, all others end at every door', async () => {
    const person = await newcomer();
    const { email, password } = person;
    const other = (await loginCheck(server, type, email, password)).body as {
      token: string;
      refresh_token: string;
    };
    const at004 = await server.api.post('/api/v1.1/auth/login/', { email, password });
    const others = [bearer(other.token), bearer(at004.body.token as string)];
    for (const headers of [person.headers, ...others]) expect(await meStatus(headers)).toBe(200);

    const answer = await change(person.headers, { currentPassword: password, plainPassword: NEW });
    expect(outcome(answer)).toEqual(SUCCESS);
    expect(await meStatus(person.headers)).toBe(200);
    for (const headers of others) expect(await meStatus(headers)).toBe(401);
    expect(outcome(await change(others[0]!, {}))).toEqual(BAD_JWT);
    const refreshed = await server.api.post('/api/token/refresh', { refresh_token: other.refresh_token });
    expect(outcome(refreshed)).toEqual({ status: 401, body: { code: 401, message: 'Bad credentials' } });
    expect(outcome(await loginCheck(server, type, email, password))).toEqual(BAD_CREDENTIALS);
    expect((await loginCheck(server, type, email, NEW)).status).toBe(200);
  });

  it('takes a form, and passwords exactly as they are typed', async () => {
    const person = await newcomer();
    const typed = '  Blank-ends 3 ';
    const form = new URLSearchParams({ currentPassword: person.password, plainPassword: typed });
    expect(outcome(await change(person.headers, form))).toEqual(SUCCESS);
    expect((await loginCheck(server, type, person.email, typed)).status).toBe(200);
    expect(outcome(await loginCheck(server, type, person.email, typed.trim()))).toEqual(BAD_CREDENTIALS);
  });

  it('tells both faults together and changes nothing', async () => {
    const person = await newcomer();
    const faults = [
      [
        { currentPassword: 'wrong', plainPassword: 'weak' },
        { currentPassword: [NOT_CURRENT], plainPassword: TOO_WEAK },
      ],
      [{}, { currentPassword: [NOT_CURRENT], plainPassword: [BLANK] }],
      [
        { currentPassword: {}, plainPassword: [] },
        { currentPassword: [INVALID], plainPassword: [INVALID] },
      ],
      [{ currentPassword: person.password, plainPassword: 'weak' }, { plainPassword: TOO_WEAK }],
      [{ currentPassword: person.password, plainPassword: '' }, { plainPassword: [BLANK] }],
      [{ currentPassword: `${person.password} `, plainPassword: NEW }, { currentPassword: [NOT_CURRENT] }],
    ] as const;
    for (const [body, expected] of faults) {
      expect(outcome(await change(person.headers, body))).toEqual(refusal(CHANGE_FIELDS, expected));
    }
    const same = { currentPassword: person.password, plainPassword: person.password };
    expect((await change(person.headers, same)).status).toBe(400);
    expect((await loginCheck(server, type, person.email, person.password)).status).toBe(200);
    expect(await meStatus(person.headers)).toBe(200);
  });

  it('is for nobody of another kind', async () => {
    for (const other of TYPES.filter((one) => one !== type)) {
      const { headers } = await makeMember(server, other, { email: freshEmail() });
      expect(outcome(await change(headers, { currentPassword: PASSWORD, plainPassword: NEW }))).toEqual(
        FORBIDDEN,
      );
    }
    expect(outcome(await server.api.post(path, {}))).toEqual(UNAUTHENTICATED);
  });
});
