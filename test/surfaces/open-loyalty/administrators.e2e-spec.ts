import { outcome } from '../../support/api.js';
import { mailsWrittenTo } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  ADMIN_FIELDS,
  adminBody,
  BAD_CREDENTIALS,
  BAD_KEY,
  DATA,
  formOf,
  FULL_ADMIN,
  INVALID,
  keyHeader,
  LIST,
  loginCheck,
  makeAdmin,
  makeRole,
  MASTER,
  refusal,
  roleBody,
  roleIdOf,
  TAKEN,
  UUID,
  type Member,
} from './people.js';

const MADE = { status: 200, body: { adminId: expect.stringMatching(UUID) as string } };

describe('POST /api/admin/data', () => {
  let server: TestGatehouse;
  let superuser: Member;
  let admin: Member;
  let count = 0;
  const freshEmail = () => `new-${++count}@example.com`;
  const freshKey = () => `permanent-token-${++count}`;

  beforeAll(async () => {
    server = await startTestGatehouse({
      MASTER_API_KEY: MASTER,
      PASSWORD_MIN_DIGITS: '1',
      PASSWORD_MIN_SPECIAL: '1',
    });
    superuser = await makeAdmin(server, 'superuser');
    admin = await makeAdmin(server, 'admin');
  });
  afterAll(() => server.stop());

  const create = (fields: unknown, headers = admin.headers) =>
    server.api.post(DATA, { admin: fields }, headers);

  it('makes an administrator with a permanent token, as the example of the document', async () => {
    const answer = await server.api.post(
      DATA,
      formOf('admin', {
        email: 'administrator@example.com',
        external: '1',
        apiKey: 'customPermanentToken',
        isActive: '1',
      }),
      admin.headers,
    );
    expect(outcome(answer)).toEqual(MADE);
    const id = answer.body.adminId as string;
    const shown = await server.api.get(`${DATA}/${id}`, admin.headers);
    expect(outcome(shown)).toEqual({
      status: 200,
      body: adminBody(id, 'administrator@example.com', { external: true }),
    });
    expect((await server.api.get(LIST, keyHeader('customPermanentToken'))).status).toBe(200);
    expect((await server.api.get(`${LIST}?auth_token=customPermanentToken`)).status).toBe(200);
    expect(await mailsWrittenTo(server, 'administrator@example.com')).toEqual([]);
    expect(server.log()).not.toContain('customPermanentToken');
  });

  it('takes JSON alike, with everything that there is to say', async () => {
    const email = freshEmail();
    const answer = await create({
      firstName: ' Ada ',
      lastName: 'Lovelace',
      phone: '+48500100200',
      email: email.toUpperCase(),
      plainPassword: ' Secret-1 ',
      external: 0,
      apiKey: '',
      isActive: 1,
      roles: [await roleIdOf(server, admin, 'Full admin')],
    });
    expect(outcome(answer)).toEqual(MADE);
    const id = answer.body.adminId as string;
    expect((await server.api.get(`${DATA}/${id}`, admin.headers)).body).toEqual(
      adminBody(id, email, {
        firstName: 'Ada',
        lastName: 'Lovelace',
        phone: '+48500100200',
        roles: [FULL_ADMIN],
      }),
    );
    expect((await loginCheck(server, 'admin', email, ' Secret-1 ')).status).toBe(200);
    expect((await loginCheck(server, 'admin', '+48500100200', ' Secret-1 ')).status).toBe(200);
    expect(outcome(await loginCheck(server, 'admin', email, 'Secret-1'))).toEqual(BAD_CREDENTIALS);
  });

  it('gives an external administrator the password that comes with his token', async () => {
    const [email, apiKey] = [freshEmail(), freshKey()];
    expect(
      outcome(await create({ email, external: 1, apiKey, plainPassword: 'Secret-1', isActive: 1 })),
    ).toEqual(MADE);
    expect((await loginCheck(server, 'admin', email, 'Secret-1')).status).toBe(200);
    expect((await server.api.get(LIST, keyHeader(apiKey))).status).toBe(200);
  });

  it('lets a token without external=1 open nothing', async () => {
    const apiKey = freshKey();
    expect(
      outcome(await create({ email: freshEmail(), apiKey, plainPassword: 'Secret-1', isActive: 1 })),
    ).toEqual(MADE);
    expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
  });

  it.each(['0', 'false', '"false"', 'null', 0, false, undefined])(
    'makes him inactive by isActive=%p',
    async (isActive) => {
      const [email, apiKey] = [freshEmail(), freshKey()];
      const made = await create({ email, external: 1, apiKey, plainPassword: 'Secret-1', isActive });
      expect(outcome(made)).toEqual(MADE);
      const id = made.body.adminId as string;
      expect((await server.api.get(`${DATA}/${id}`, admin.headers)).body).toEqual(
        adminBody(id, email, { isActive: false, external: true }),
      );
      expect(outcome(await loginCheck(server, 'admin', email, 'Secret-1'))).toEqual(BAD_CREDENTIALS);
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
    },
  );

  it('gives at most what the maker has', async () => {
    const master = await roleIdOf(server, admin, 'Super admin');
    const refused = await create({ email: freshEmail(), plainPassword: 'Secret-1', roles: [master] });
    expect(outcome(refused)).toEqual(refusal(ADMIN_FIELDS, { roles: [INVALID] }));
    const allowed = await create(
      { email: freshEmail(), plainPassword: 'Secret-1', roles: [master] },
      superuser.headers,
    );
    expect(outcome(allowed)).toEqual(MADE);
  });

  it('gives his own free role to who is made by somebody with less than a reporter', async () => {
    const permissions = [['ADMIN', 'MODIFY']] as const;
    const role = await makeRole(server, superuser, 'Recruiter', permissions);
    await create({ email: 'recruiter@example.com', plainPassword: 'Secret-1', isActive: 1, roles: [role] });
    const token = (await loginCheck(server, 'admin', 'recruiter@example.com', 'Secret-1')).body
      .token as string;
    const headers = { authorization: `Bearer ${token}` };
    const email = freshEmail();
    const made = await create({ email, plainPassword: 'Secret-1', isActive: 1 }, headers);
    expect(outcome(made)).toEqual(MADE);
    const id = made.body.adminId as string;
    expect((await server.api.get(`${DATA}/${id}`, headers)).body).toEqual(
      adminBody(id, email, { roles: [roleBody('Recruiter', permissions)] }),
    );
    const reporter = await roleIdOf(server, superuser, 'Reporter admin');
    const raised = await create(
      { email: freshEmail(), plainPassword: 'Secret-1', roles: [reporter] },
      headers,
    );
    expect(outcome(raised)).toEqual(refusal(ADMIN_FIELDS, { roles: [INVALID] }));
  });

  it('lets one of two win who ask for one address or one token at the same time', async () => {
    const email = freshEmail();
    const sameEmail = await Promise.all(
      [1, 2].map(() => create({ email, plainPassword: 'Secret-1', isActive: 1 })),
    );
    expect(sameEmail.map(outcome)).toEqual(
      expect.arrayContaining([MADE, refusal(ADMIN_FIELDS, { email: [TAKEN] })]),
    );
    const apiKey = freshKey();
    const sameKey = await Promise.all(
      [1, 2].map(() => create({ email: freshEmail(), external: 1, apiKey, isActive: 1 })),
    );
    expect(sameKey.map(outcome)).toEqual(
      expect.arrayContaining([MADE, refusal(ADMIN_FIELDS, { apiKey: [TAKEN] })]),
    );
  });
});
