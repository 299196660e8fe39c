import { bearer, outcome } from '../../support/api.js';
import { block, unblock } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  ADMIN_FIELDS,
  adminBody,
  BAD_JWT,
  BAD_KEY,
  BLANK,
  DATA,
  hire,
  keyHeader,
  LIST,
  loginCheck,
  makeAdmin,
  MASTER,
  refusal,
  signInAt,
  TAKEN,
  type Member,
} from './people.js';

const OTHER = 'another password 2';

describe('PUT /api/admin/data/{id}: token, state and password', () => {
  let server: TestGatehouse;
  let admin: Member;
  let count = 0;
  const freshKey = () => `permanent-token-${++count}`;

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    admin = await makeAdmin(server, 'admin');
  });
  afterAll(() => server.stop());

  const put = (id: string, fields: unknown, headers = admin.headers) =>
    server.api.send('PUT', `${DATA}/${id}`, { admin: fields }, headers);
  const show = async (id: string) => (await server.api.get(`${DATA}/${id}`, admin.headers)).body as object;
  const statusOf = async (headers: Record<string, string>) => (await server.api.get(LIST, headers)).status;
  const done = (id: string) => ({ status: 200, body: { adminId: id } });

  describe('the permanent token', () => {
    it('stays when external=1 comes without one', async () => {
      const apiKey = freshKey();
      const { uid, email } = await hire(server, admin, { external: 1, apiKey });
      for (const given of [undefined, '', null]) {
        expect(outcome(await put(uid, { email, external: 1, isActive: 1, apiKey: given }))).toEqual(
          done(uid),
        );
        expect(await statusOf(keyHeader(apiKey))).toBe(200);
      }
    });

    it('is replaced by another one, at once', async () => {
      const [old, fresh] = [freshKey(), freshKey()];
      const { uid, email } = await hire(server, admin, { external: 1, apiKey: old });
      expect(await statusOf(keyHeader(old))).toBe(200);
      expect(outcome(await put(uid, { email, external: 1, isActive: 1, apiKey: fresh }))).toEqual(done(uid));
      expect(await statusOf(keyHeader(fresh))).toBe(200);
      expect(outcome(await server.api.get(LIST, keyHeader(old)))).toEqual(BAD_KEY);
    });

    it('is removed when external is left out, and may then be another’s', async () => {
      const apiKey = freshKey();
      const { uid, email } = await hire(server, admin, { external: 1, apiKey });
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
      expect(outcome(await put(uid, { email, isActive: 1 }))).toEqual(done(uid));
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
      expect(await show(uid)).toEqual(adminBody(uid, email));
      expect(outcome(await put(uid, { email, external: 1, isActive: 1 }))).toEqual(
        refusal(ADMIN_FIELDS, { apiKey: [BLANK] }),
      );
      await hire(server, admin, { external: 1, apiKey });
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
    });

    it('of another administrator is taken', async () => {
      const apiKey = freshKey();
      await hire(server, admin, { external: 1, apiKey });
      const { uid, email } = await hire(server, admin);
      expect(outcome(await put(uid, { email, external: 1, isActive: 1, apiKey }))).toEqual(
        refusal(ADMIN_FIELDS, { apiKey: [TAKEN] }),
      );
    });
  });

  describe('isActive left out', () => {
    it('ends sessions and token with the next request; the kept token works again with him, the sessions do not', async () => {
      const apiKey = freshKey();
      const person = await hire(server, admin, { external: 1, apiKey });
      const headers = await signInAt(server, 'admin', person);
      const { uid, email } = person;
      expect([await statusOf(headers), await statusOf(keyHeader(apiKey))]).toEqual([200, 200]);

      expect(outcome(await put(uid, { email, external: 1 }))).toEqual(done(uid));
      expect(outcome(await server.api.get(LIST, headers))).toEqual(BAD_JWT);
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
      expect((await loginCheck(server, 'admin', email, person.password)).status).toBe(401);
      expect(await show(uid)).toEqual(adminBody(uid, email, { isActive: false, external: true }));

      expect(outcome(await put(uid, { email, external: 1, isActive: 1 }))).toEqual(done(uid));
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
      expect(outcome(await server.api.get(LIST, headers))).toEqual(BAD_JWT);
      expect((await loginCheck(server, 'admin', email, person.password)).status).toBe(200);
    });

    it('with external left out too takes the token for good', async () => {
      const apiKey = freshKey();
      const { uid, email } = await hire(server, admin, { external: 1, apiKey });
      expect(outcome(await put(uid, { email }))).toEqual(done(uid));
      expect(outcome(await put(uid, { email, isActive: 1 }))).toEqual(done(uid));
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
    });

    it('leaves a token that he is given meanwhile for the time when he is active', async () => {
      const apiKey = freshKey();
      const { uid, email } = await hire(server, admin, { isActive: 0 });
      expect(outcome(await put(uid, { email, external: 1, apiKey }))).toEqual(done(uid));
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
      expect(outcome(await put(uid, { email, external: 1, isActive: 1 }))).toEqual(done(uid));
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
    });

    it('does not bring back a token that blocking elsewhere has ended', async () => {
      const apiKey = freshKey();
      const person = await hire(server, admin, { external: 1, apiKey });
      await block(server, person);
      await unblock(server, person);
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
      const kept = { email: person.email, external: 1, isActive: 1 };
      expect(outcome(await put(person.uid, kept))).toEqual(refusal(ADMIN_FIELDS, { apiKey: [BLANK] }));
      expect(outcome(await put(person.uid, { ...kept, apiKey }))).toEqual(done(person.uid));
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
    });
  });

  describe('plainPassword', () => {
    it('may be left out: the old one and the sessions stay', async () => {
      const person = await hire(server, admin);
      const headers = await signInAt(server, 'admin', person);
      expect(outcome(await put(person.uid, { email: person.email, isActive: 1 }))).toEqual(done(person.uid));
      expect(await statusOf(headers)).toBe(200);
      expect((await loginCheck(server, 'admin', person.email, person.password)).status).toBe(200);
    });

    it('ends the sessions at every door, while the kept token goes on', async () => {
      const apiKey = freshKey();
      const person = await hire(server, admin, { external: 1, apiKey });
      const { uid, email, password } = person;
      const headers = await signInAt(server, 'admin', person);
      const elsewhere = await server.api.post('/api/v1.1/auth/login/', { email, password });
      const native = bearer(elsewhere.body.token as string);
      expect((await server.api.get('/v1/me', native)).status).toBe(200);

      const change = { email, external: 1, isActive: 1, plainPassword: OTHER };
      expect(outcome(await put(uid, change))).toEqual(done(uid));
      expect(outcome(await server.api.get(LIST, headers))).toEqual(BAD_JWT);
      expect((await server.api.get('/v1/me', native)).status).toBe(401);
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
      expect((await loginCheck(server, 'admin', email, password)).status).toBe(401);
      expect((await loginCheck(server, 'admin', email, OTHER)).status).toBe(200);
    });

    it('and isActive left out, together, keep the token for later', async () => {
      const apiKey = freshKey();
      const { uid, email } = await hire(server, admin, { external: 1, apiKey });
      expect(outcome(await put(uid, { email, external: 1, plainPassword: OTHER }))).toEqual(done(uid));
      expect(outcome(await server.api.get(LIST, keyHeader(apiKey)))).toEqual(BAD_KEY);
      expect(outcome(await put(uid, { email, external: 1, isActive: 1 }))).toEqual(done(uid));
      expect(await statusOf(keyHeader(apiKey))).toBe(200);
      expect((await loginCheck(server, 'admin', email, OTHER)).status).toBe(200);
    });
  });
});
