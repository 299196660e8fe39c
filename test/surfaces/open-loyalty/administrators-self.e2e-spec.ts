import { outcome } from '../../support/api.js';
import { mailsWrittenTo } from '../../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  adminBody,
  BLANK,
  DATA,
  EXTRA,
  FORBIDDEN,
  formOf,
  FULL_ADMIN,
  hire,
  INVALID,
  keyHeader,
  LIST,
  loginCheck,
  makeAdmin,
  makeMember,
  MASTER,
  refusal,
  roleIdOf,
  TAKEN,
  UNAUTHENTICATED,
  type Member,
} from './people.js';

/** What one edits of oneself; `roles` is looked at, never taken, and shown only when it is at fault. */
const OWN_FIELDS = ['firstName', 'lastName', 'phone', 'email'] as const;

describe('editing oneself', () => {
  let server: TestGatehouse;
  let admin: Member;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    admin = await makeAdmin(server, 'admin', { name: 'chief' });
  });
  afterAll(() => server.stop());

  const putTo = (path: string, fields: unknown, headers = admin.headers) =>
    server.api.send('PUT', path, { admin: fields }, headers);
  const own = async ({ headers }: Member) => (await server.api.get(DATA, headers)).body as object;

  describe('PUT /api/admin/data', () => {
    it('replaces names, phone and address, for whoever is an administrator', async () => {
      const free = await makeAdmin(server, 'member', { name: 'free' });
      const fields = { firstName: 'Ada', lastName: 'Young', phone: '+48500100400', email: free.email };
      const answer = await server.api.send('PUT', DATA, formOf('admin', fields), free.headers);
      expect(outcome(answer)).toEqual({ status: 200, body: { adminId: free.uid } });
      const shown = { username: 'free', roles: [] };
      expect(await own(free)).toEqual(
        adminBody(free.uid, free.email, {
          ...shown,
          firstName: 'Ada',
          lastName: 'Young',
          phone: '+48500100400',
        }),
      );
      expect((await putTo(DATA, { email: free.email }, free.headers)).status).toBe(200);
      expect(await own(free)).toEqual(adminBody(free.uid, free.email, shown));
      expect((await server.api.get(DATA, free.headers)).status).toBe(200);
    });

    it('never changes his roles, whichever he names', async () => {
      const manager = await makeAdmin(server, 'manager', { name: 'reporter' });
      const unchanged = adminBody(manager.uid, manager.email, { username: 'reporter' });
      const reporter = await roleIdOf(server, admin, 'Reporter admin');
      const full = await roleIdOf(server, admin, 'Full admin');
      const named = (roles: unknown) => putTo(DATA, { email: manager.email, roles }, manager.headers);
      expect((await named([reporter])).status).toBe(200);
      expect(outcome(await named([full]))).toEqual(refusal(OWN_FIELDS, { roles: [INVALID] }));
      expect(outcome(await named(['nonsense']))).toEqual(refusal(OWN_FIELDS, { roles: [INVALID] }));
      expect(outcome(await named([reporter, full]))).toEqual(
        refusal(OWN_FIELDS, { roles: ['This collection should contain exactly 1 element.'] }),
      );
      expect(await own(manager)).toEqual(unchanged);
      expect((await putTo(DATA, { email: admin.email, roles: [reporter] })).status).toBe(200);
      expect(await own(admin)).toEqual(
        adminBody(admin.uid, admin.email, { username: 'chief', roles: [FULL_ADMIN] }),
      );
    });

    it.each(['plainPassword', 'external', 'apiKey', 'isActive', 'username'])(
      'does not know the field %s',
      async (field) => {
        const answer = await putTo(DATA, { email: admin.email, firstName: 'Changed', [field]: '1' });
        expect(outcome(answer)).toEqual(refusal(OWN_FIELDS, {}, [EXTRA]));
        expect(await own(admin)).not.toHaveProperty('firstName', 'Changed');
      },
    );

    it('tells all faults together', async () => {
      const answer = await putTo(DATA, { firstName: 'x'.repeat(151), lastName: {}, phone: 'x', roles: 'x' });
      expect(outcome(answer)).toEqual(
        refusal(OWN_FIELDS, {
          firstName: ['This value is too long.'],
          lastName: [INVALID],
          phone: ['Incorrect phone number format, use +00000000000'],
          email: [BLANK],
          roles: [INVALID],
        }),
      );
      const other = await makeAdmin(server, 'manager', {
        email: 'other@staff.example',
        phone: '+48500100401',
      });
      expect(outcome(await putTo(DATA, { email: other.email.toUpperCase(), phone: other.email }))).toEqual(
        refusal(OWN_FIELDS, { email: [TAKEN], phone: ['Incorrect phone number format, use +00000000000'] }),
      );
      expect(outcome(await putTo(DATA, { email: admin.email, phone: '+48500100401' }))).toEqual(
        refusal(OWN_FIELDS, { phone: [TAKEN] }),
      );
    });

    it('changes the address at once and tells the old one; the session goes on', async () => {
      const person = await makeAdmin(server, 'manager', { name: 'mover', email: 'before@staff.example' });
      expect((await putTo(DATA, { email: ' After@Staff.example ' }, person.headers)).status).toBe(200);
      expect(await own(person)).toEqual(adminBody(person.uid, 'after@staff.example', { username: 'mover' }));
      expect(await mailsWrittenTo(server, person.email)).toEqual(['email-changed']);
      expect((await loginCheck(server, 'admin', 'after@staff.example', person.password)).status).toBe(200);
      expect((await loginCheck(server, 'admin', person.email, person.password)).status).toBe(401);
    });

    it('is for administrators who are somebody', async () => {
      const customer = await makeMember(server, 'customer', { email: 'customer@example.com' });
      const seller = await makeMember(server, 'seller', { email: 'seller@example.com' });
      for (const headers of [customer.headers, seller.headers, keyHeader(MASTER)]) {
        expect(outcome(await putTo(DATA, { nonsense: 1 }, headers))).toEqual(FORBIDDEN);
      }
      expect(outcome(await server.api.send('PUT', DATA, {}))).toEqual(UNAUTHENTICATED);
    });
  });

  describe('PUT /api/admin/data/{id} with one’s own id', () => {
    it('does the same, with the same five fields', async () => {
      const person = await makeAdmin(server, 'admin', { email: 'editor@staff.example' });
      const { headers } = person;
      const path = `${DATA}/${person.uid.toUpperCase()}`;
      for (const extra of [{ isActive: 0 }, { external: 0 }, { plainPassword: 'another password 2' }]) {
        const answer = await putTo(path, { email: person.email, ...extra }, headers);
        expect(outcome(answer)).toEqual(refusal(OWN_FIELDS, {}, [EXTRA]));
      }
      const answer = await putTo(path, { email: person.email, firstName: 'Ada' }, headers);
      expect(outcome(answer)).toEqual({ status: 200, body: { adminId: person.uid } });
      expect((await server.api.get(DATA, headers)).body).toMatchObject({ firstName: 'Ada', isActive: true });
      expect((await server.api.get(LIST, headers)).status).toBe(200);
    });

    it('is not for a permanent token: where mail goes, a password goes', async () => {
      const person = await hire(server, admin, {
        external: 1,
        apiKey: 'my-own-permanent-token',
        roles: [await roleIdOf(server, admin, 'Full admin')],
      });
      const headers = keyHeader('my-own-permanent-token');
      for (const path of [DATA, `${DATA}/${person.uid}`]) {
        const answer = await putTo(path, { email: 'somebody@else.example' }, headers);
        expect(outcome(answer)).toEqual(FORBIDDEN);
      }
      expect((await server.api.get(DATA, headers)).body).toMatchObject({ email: person.email });
    });

    it('needs the right to edit administrators', async () => {
      const manager = await makeAdmin(server, 'manager', { email: 'viewer@staff.example' });
      expect(
        outcome(await putTo(`${DATA}/${manager.uid}`, { email: manager.email }, manager.headers)),
      ).toEqual(FORBIDDEN);
    });
  });
});

describe('PUT /api/admin/data with AUTH_CONFIRM_EMAIL_ENABLE', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse({ AUTH_CONFIRM_EMAIL_ENABLE: 'true' });
  });
  afterAll(() => server.stop());

  it('keeps the old address until the new one is confirmed', async () => {
    const admin = await makeAdmin(server, 'admin', { name: 'chief' });
    const body = { admin: { email: 'after@staff.example' } };
    expect((await server.api.send('PUT', DATA, body, admin.headers)).status).toBe(200);
    const own = async () => (await server.api.get(DATA, admin.headers)).body as { email: string };
    expect((await own()).email).toBe(admin.email);
    const { links } = await server.mailbox.waitFor('after@staff.example');
    expect((await server.api.post(links[0]!.slice(PUBLIC_URL.length))).status).toBe(200);
    expect((await own()).email).toBe('after@staff.example');
    expect(await mailsWrittenTo(server, admin.email)).toEqual(['email-changed']);
  });

  it('mails a new administrator the link that confirms his address', async () => {
    const maker = await makeAdmin(server, 'superuser');
    const person = await hire(server, maker);
    expect((await loginCheck(server, 'admin', person.email, person.password)).status).toBe(401);
    const { links } = await server.mailbox.waitFor(person.email);
    expect((await server.api.post(links[0]!.slice(PUBLIC_URL.length))).status).toBe(200);
    expect((await loginCheck(server, 'admin', person.email, person.password)).status).toBe(200);
  });
});
