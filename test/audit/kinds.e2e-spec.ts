import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HandOverUser } from '../../src/accounts/hand-over-user.service.js';
import { AUDIT_KINDS, type AuditKind } from '../../src/audit/audit-kinds.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { SigningKeys } from '../../src/grants/jwt/signing-keys.service.js';
import { ExportFile } from '../../src/imports/export-file.service.js';
import { ImportFile } from '../../src/imports/import-file.service.js';
import { bearer, tokenHeader, type Answer } from '../support/api.js';
import { enrol } from '../support/authenticator.js';
import { KEYS, makeKey } from '../support/api-keys.js';
import { cookieHeader, signInAt002 } from '../support/cookies.js';
import { mailedToken, makePerson, signIn, type Person } from '../support/declared-people.js';
import { FakeTwitter } from '../support/fake-twitter.js';
import { PasskeyDevice } from '../support/passkey-device.js';
import { addPasskey } from '../support/passkeys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { declareClient } from '../support/oauth-clients.js';
import { createUser } from '../surfaces/gemini/requests.js';
import { DATA, makeAdmin, ROLE, roleForm, roleIdOf, type Member } from '../surfaces/open-loyalty/people.js';
import { toldOf, type Told } from './trail.js';

const AUTH = '/api/v1.1/auth';
const NEW = 'quite another horse 2';
const ID = expect.any(String) as string;

/** What a route has the trail tell; a kind is proven by the route that first makes it. */
type Case = () => Promise<{ act: () => Promise<unknown>; tells: Partial<Told>[] }>;

describe('the audit trail', () => {
  let server: TestGatehouse;
  let twitter: FakeTwitter;
  let root: Member;
  let made = 0;

  beforeAll(async () => {
    twitter = await FakeTwitter.start(() => server.clock.now());
    server = await startTestGatehouse(twitter.environment);
    await declareClient(server);
    root = await makeAdmin(server, 'superuser');
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    await twitter.stop();
  });

  const freshEmail = () => `audited-${(made += 1)}@example.com`;
  const newPerson = async (): Promise<Person & { token: string }> => {
    const person = await makePerson(server, { email: freshEmail() });
    return { ...person, token: await signIn(server, person) };
  };
  const done = async (answer: Promise<Answer>) => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
    return body as Record<string, string>;
  };
  const post = (path: string, body?: unknown, headers = {}) => done(server.api.post(path, body, headers));
  const send = (method: string, path: string, body?: unknown, headers = {}) =>
    done(server.api.send(method, path, body, headers));
  const changePassword = (person: Person, more: object, headers = {}) =>
    post(
      `${AUTH}/change-password/`,
      { email: person.email, password1: NEW, password2: NEW, ...more },
      headers,
    );

  const by = (uid: string) => ({ actor_kind: 'user', actor_id: uid });
  const nobody = { actor_kind: 'anonymous', actor_id: null };
  const system = { actor_kind: 'system', actor_id: null, surface: null };
  const told = (kind: AuditKind, fields: Partial<Told>): Told => ({
    kind,
    ...nobody,
    user_id: null,
    object_id: null,
    surface: null,
    ...fields,
  });

  /** Leaves the mail of a user as a day of failed attempts would, and answers its id. */
  const undeliverable = async (uid: string) => {
    const [mail] = await server
      .get(UnitOfWork)
      .run((tx) =>
        tx.query<{ id: string }>(
          sql`UPDATE outbox SET state = 'dead', lease_holder = NULL WHERE user_id = ${uid} RETURNING id`,
        ),
      );
    return mail!.id;
  };

  const CASES: Readonly<Record<string, Case>> = {
    'registering at 004': async () => {
      const email = freshEmail();
      return {
        act: () => post(`${AUTH}/register/`, { email, password1: NEW, password2: NEW }),
        tells: [
          told('user.registered', { user_id: ID, surface: 'concrete-datastore' }),
          told('session.opened', {
            actor_kind: 'user',
            actor_id: ID,
            user_id: ID,
            object_id: ID,
            surface: 'concrete-datastore',
          }),
        ],
      };
    },
    'confirming an address': async () => {
      const { id, email } = await createUser(server, freshEmail());
      const token = await mailedToken(server, email);
      return {
        act: () => post(`/c/confirm-user-email/${token}`),
        tells: [told('email.confirmed', { user_id: id, surface: 'concrete-datastore' })],
      };
    },
    'changing one’s address': async () => {
      const { uid, token } = await newPerson();
      return {
        act: () => send('PATCH', '/api/v1.1/account/me/', { email: freshEmail() }, tokenHeader(token)),
        tells: [told('email.changed', { ...by(uid), user_id: uid, surface: 'concrete-datastore' })],
      };
    },
    'erasing oneself': async () => {
      const { id, token } = await createUser(server, freshEmail());
      return {
        act: () => post(`/api/users/${id}/delete`, undefined, bearer(token)),
        tells: [told('user.erased', { ...by(id), user_id: id, surface: 'gemini' })],
      };
    },
    'having somebody else’s data': async () => {
      const person = await newPerson();
      return {
        act: () => send('GET', `/v1/users/${person.uid}/export`, undefined, root.headers),
        tells: [told('user.exported', { ...by(root.uid), user_id: person.uid, surface: 'native' })],
      };
    },
    'erasing somebody else': async () => {
      const person = await newPerson();
      return {
        act: () => send('DELETE', `/v1/users/${person.uid}`, undefined, root.headers),
        tells: [told('user.erased', { ...by(root.uid), user_id: person.uid, surface: 'native' })],
      };
    },
    'signing out at 002': async () => {
      const person = await newPerson();
      const cookie = await signInAt002(server.api, person);
      return {
        act: () => post('/api/logout', undefined, cookieHeader(cookie)),
        tells: [
          told('session.ended', { ...by(person.uid), user_id: person.uid, object_id: ID, surface: 'romeo' }),
        ],
      };
    },
    'ending another’s sessions': async () => {
      const { uid } = await newPerson();
      return {
        act: () => send('DELETE', `/v1/users/${uid}/sessions`, undefined, root.headers),
        tells: [told('sessions.ended', { ...by(root.uid), user_id: uid, surface: 'native' })],
      };
    },
    'disabling and enabling somebody': async () => {
      const { uid } = await newPerson();
      const who = { ...by(root.uid), user_id: uid, surface: 'native' };
      return {
        act: async () => {
          for (const verb of ['disable', 'disable', 'enable']) {
            await post(`/v1/users/${uid}/${verb}`, undefined, root.headers);
          }
        },
        tells: [told('user.disabled', who), told('user.enabled', who)],
      };
    },
    'changing one’s password': async () => {
      const person = await newPerson();
      const who = { ...by(person.uid), user_id: person.uid, surface: 'concrete-datastore' };
      return {
        act: () => changePassword(person, {}, tokenHeader(person.token)),
        tells: [told('password.changed', who), told('session.opened', { ...who, object_id: ID })],
      };
    },
    'changing one’s password at the native API': async () => {
      const { uid, token, password } = await newPerson();
      return {
        act: () =>
          send('PUT', '/v1/me/password', { currentPassword: password, password: NEW }, bearer(token)),
        tells: [told('password.changed', { ...by(uid), user_id: uid, surface: 'native' })],
      };
    },
    'setting another’s password': async () => {
      const person = await newPerson();
      const admin = await makePerson(server, { email: freshEmail(), level: 'admin' });
      const headers = tokenHeader(await signIn(server, admin));
      return {
        act: () => changePassword(person, {}, headers),
        tells: [
          told('password.set', { ...by(admin.uid), user_id: person.uid, surface: 'concrete-datastore' }),
        ],
      };
    },
    'resetting a password by a mailed link': async () => {
      const person = await newPerson();
      await post(`${AUTH}/reset-password/`, { email: person.email });
      const token = await mailedToken(server, person.email);
      const who = { user_id: person.uid, surface: 'concrete-datastore' };
      return {
        act: () => changePassword(person, { password_change_token: token }),
        tells: [
          told('password.reset', who),
          told('session.opened', { ...by(person.uid), ...who, object_id: ID }),
        ],
      };
    },
    'a role that comes, changes and goes': async () => {
      const role = { ...by(root.uid), object_id: ID, surface: 'open-loyalty' };
      return {
        act: async () => {
          await post(ROLE, roleForm('Audited', [['CUSTOMER', 'VIEW']]), root.headers);
          const id = await roleIdOf(server, root, 'Audited');
          await send('PUT', `${ROLE}/${id}`, roleForm('Audited', [['SELLER', 'VIEW']]), root.headers);
          await send('DELETE', `${ROLE}/${id}`, undefined, root.headers);
        },
        tells: [told('role.created', role), told('role.changed', role), told('role.deleted', role)],
      };
    },
    'changing an administrator': async () => {
      const clerk = await makePerson(server, { email: freshEmail(), type: 'admin', level: 'manager' });
      const full = await roleIdOf(server, root, 'Full admin');
      const fields = { email: clerk.email, isActive: 1, roles: [full] };
      const who = { ...by(root.uid), user_id: clerk.uid, surface: 'open-loyalty' };
      return {
        act: () => send('PUT', `${DATA}/${clerk.uid}`, { admin: fields }, root.headers),
        tells: [told('user.changed', who), told('user.rights-changed', who)],
      };
    },
    'a key that is made, rotated and revoked': async () => {
      const person = await newPerson();
      const who = { ...by(person.uid), user_id: person.uid, object_id: ID, surface: 'native' };
      return {
        act: async () => {
          const { id } = await makeKey(server, person);
          await post(`${KEYS}/${id}/rotate`, {}, bearer(person.token));
          await send('DELETE', `${KEYS}/${id}`, undefined, bearer(person.token));
        },
        tells: [told('key.created', who), told('key.rotated', who), told('key.revoked', who)],
      };
    },
    'linking and unlinking an account elsewhere': async () => {
      const { uid, token } = await newPerson();
      const proof = twitter.tokenOf({ id: '4711', screenName: 'audited' });
      const who = { ...by(uid), user_id: uid, object_id: ID, surface: 'native' };
      return {
        act: async () => {
          const { id } = await post(
            '/v1/me/identities',
            { provider: 'twitter', token: proof },
            bearer(token),
          );
          await send('DELETE', `/v1/me/identities/${id}`, undefined, bearer(token));
        },
        tells: [told('identity.linked', who), told('identity.unlinked', who)],
      };
    },
    'a passkey, another name for it and its end': async () => {
      const { token, uid } = await newPerson();
      const object_id = expect.stringMatching(/^passkey:[0-9a-f-]{36}$/);
      const who = { ...by(uid), user_id: uid, object_id, surface: 'native' };
      return {
        act: async () => {
          const { body } = await addPasskey(server, bearer(token), new PasskeyDevice());
          const path = `/v1/me/passkeys/${body.id}`;
          await send('PATCH', path, { name: 'Old telephone' }, bearer(token));
          await send('DELETE', path, undefined, bearer(token));
        },
        tells: [told('factor.added', who), told('factor.renamed', who), told('factor.removed', who)],
      };
    },
    'a second factor, new recovery codes and its end': async () => {
      const { uid, token } = await newPerson();
      const who = { ...by(uid), user_id: uid, surface: 'native' };
      return {
        act: async () => {
          await enrol(server, bearer(token));
          await post('/v1/me/factors/recovery-codes', undefined, bearer(token));
          await send('DELETE', '/v1/me/factors/totp', undefined, bearer(token));
        },
        tells: [told('factor.added', who), told('factor.codes-renewed', who), told('factor.removed', who)],
      };
    },
    'codes by e-mail, asked for and given up': async () => {
      const { uid, token } = await newPerson();
      const who = { ...by(uid), user_id: uid, object_id: 'email', surface: 'native' };
      return {
        act: async () => {
          await send('PUT', '/v1/me/factors/email', undefined, bearer(token));
          await send('PUT', '/v1/me/factors/email', undefined, bearer(token));
          await send('DELETE', '/v1/me/factors/email', undefined, bearer(token));
        },
        tells: [told('factor.added', who), told('factor.removed', who)],
      };
    },
    'a device that is trusted, and is no more': async () => {
      const person = await newPerson();
      const { app } = await enrol(server, bearer(person.token));
      const who = { ...by(person.uid), user_id: person.uid, object_id: ID, surface: 'native' };
      const all = told('device.revoked', { ...who, object_id: null });
      const trust = () => {
        const body = { identifier: person.email, password: person.password, trustDevice: true };
        return post('/v1/sessions', { ...body, otp: app.freshCode() });
      };
      return {
        act: async () => {
          await trust();
          await send('DELETE', '/v1/me/trusted-devices', undefined, bearer(person.token));
          await send('DELETE', '/v1/me/trusted-devices', undefined, bearer(person.token));
          await trust();
          const path = '/v1/me/trusted-devices';
          const { items } = (await server.api.get(path, bearer(person.token))).body as {
            items: { id: string }[];
          };
          await send('DELETE', `${path}/${items[0]!.id}`, undefined, bearer(person.token));
        },
        tells: [
          told('session.opened', who),
          told('device.trusted', who),
          all,
          told('session.opened', who),
          told('device.trusted', who),
          { ...all, object_id: ID },
        ],
      };
    },
    'deciding who must have a second factor': async () => {
      const decide = (requiredFrom: string | null) =>
        send('PUT', '/v1/factor-policy', { requiredFrom }, root.headers);
      const what = told('policy.changed', {
        ...by(root.uid),
        object_id: 'second-factor',
        surface: 'native',
      });
      return {
        act: async () => {
          for (const level of ['superuser', 'superuser', null]) await decide(level);
        },
        tells: [what, what],
      };
    },
    'inviting and removing a collaborator': async () => {
      const person = await newPerson();
      const headers = cookieHeader(await signInAt002(server.api, person));
      const path = '/api/video/4711/collaborators';
      const who = { ...by(person.uid), object_id: ID, surface: 'romeo' };
      return {
        act: async () => {
          await post(path, { email: freshEmail(), name: 'Guest' }, headers);
          const { items } = (await server.api.get(path, headers)).body as { items: { id: string }[] };
          await send('DELETE', `${path}/${items[0]!.id}`, undefined, headers);
        },
        tells: [told('collaborator.invited', who), told('collaborator.removed', who)],
      };
    },
    'trying a mail again': async () => {
      const { uid, email } = await newPerson();
      await post('/api/v1.1/auth/reset-password/', { email });
      const id = await undeliverable(uid);
      return {
        act: () => post(`/v1/outbox/${id}/retry`, undefined, root.headers),
        tells: [told('mail.retried', { ...by(root.uid), user_id: uid, object_id: ID, surface: 'native' })],
      };
    },
    'a link that an administrator has mailed, to sign in or to set a password': async () => {
      const { uid } = await newPerson();
      const who = { ...by(root.uid), user_id: uid, surface: 'native' };
      return {
        act: async () => {
          await post(`/v1/users/${uid}/sign-in-link`, undefined, root.headers);
          await post(`/v1/users/${uid}/reset-password`, undefined, root.headers);
        },
        tells: [told('session.link-given', who), told('password.link-given', who)],
      };
    },
    'a link that the operator hands over': async () => {
      const { uid, email } = await newPerson();
      return {
        act: () => server.get(HandOverUser).reset(email),
        tells: [
          told('sessions.ended', { ...system, user_id: uid }),
          told('password.link-given', { ...system, user_id: uid }),
        ],
      };
    },
    'a manifest that changes a client': async () => ({
      act: () => declareClient(server, { scopes: ['profile'] }),
      tells: [told('client.changed', { ...system, object_id: 'city-app' })],
    }),
    'a client that comes, changes and goes': async () => {
      const path = '/v1/clients';
      const who = { ...by(root.uid), object_id: 'audited', surface: 'native' };
      return {
        act: async () => {
          await post(path, { id: 'audited' }, root.headers);
          await send('PATCH', `${path}/audited`, { scopes: ['profile'] }, root.headers);
          const { id } = await post(`${path}/audited/secrets`, undefined, root.headers);
          await send('DELETE', `${path}/audited/secrets/${id}`, undefined, root.headers);
          await send('DELETE', `${path}/audited`, undefined, root.headers);
        },
        tells: [
          told('client.created', who),
          told('client.changed', who),
          told('client.secret-added', who),
          told('client.secret-removed', who),
          told('client.deleted', who),
        ],
      };
    },
    'editing the password policy and bringing the first one back': async () => {
      const path = '/v1/password-policy';
      const who = { ...by(root.uid), object_id: 'password', surface: 'native' };
      return {
        act: async () => {
          await send('PATCH', path, { minLength: 8 }, root.headers);
          await send('PATCH', path, {}, root.headers);
          await send('DELETE', path, undefined, root.headers);
        },
        tells: [told('policy.changed', who), told('policy.changed', who)],
      };
    },
    'a role at the native API': async () => {
      const path = '/v1/roles';
      const role = { ...by(root.uid), object_id: ID, surface: 'native' };
      return {
        act: async () => {
          const { id } = await post(path, { name: 'Audited too', permissions: [] }, root.headers);
          await send('PATCH', `${path}/${id}`, { permissions: ['POS:VIEW'] }, root.headers);
          await send('DELETE', `${path}/${id}`, undefined, root.headers);
        },
        tells: [told('role.created', role), told('role.changed', role), told('role.deleted', role)],
      };
    },
    'users who come and go by files': async () => {
      const path = join(server.dataDir, 'people.csv');
      writeFileSync(path, `email\n${freshEmail()}\n`);
      const how = { source: 'import', dryRun: false, strict: false, again: false };
      const watch = { fault: () => undefined, progress: () => undefined };
      return {
        act: async () => {
          await server.get(ImportFile).import(SYSTEM_ACTOR, { path, format: 'csv' }, how, watch);
          await server.get(ExportFile).toFile(SYSTEM_ACTOR, path, 'import', 'csv');
        },
        tells: [
          told('users.imported', { ...system, object_id: ID }),
          told('user.registered', { ...system, user_id: ID }),
          told('users.exported', system),
        ],
      };
    },
    'a new signing key': async () => ({
      act: () => server.get(SigningKeys).rotate(),
      tells: [told('signing-key.rotated', { ...system, object_id: ID })],
    }),
  };
  const proven = new Set<string>();

  it.each(Object.keys(CASES))('tells of %s', async (name) => {
    const { act, tells } = await CASES[name]!();
    expect(await toldOf(server, act)).toEqual(tells);
    for (const { kind } of tells) if (kind) proven.add(kind);
  });

  it('has no kind that nothing makes', () => {
    expect([...proven].sort()).toEqual([...AUDIT_KINDS].sort());
  });

  it('tells nothing of refused sign-ins and of reading', async () => {
    const { email, token } = await newPerson();
    const acts = async () => {
      await server.api.post(`${AUTH}/login/`, { email, password: 'wrong' });
      await server.api.post('/api/login', { username: 'nobody@example.com', password: 'wrong' });
      await server.api.get('/v1/me', bearer(token));
    };
    expect(await toldOf(server, acts)).toEqual([]);
  });
});
