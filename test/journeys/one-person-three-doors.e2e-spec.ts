import { bearer, outcome, tokenHeader, type Answer } from '../support/api.js';
import { makePerson, type Person } from '../support/declared-people.js';
import {
  keyHeader,
  lookAt001,
  lookAt003,
  refreshAt003,
  signInAt001,
  signInAt003,
  signInAt004,
} from '../support/doors.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const problem = (code: string) => ({
  status: 401,
  body: { type: `urn:gatehouse:problem:${code}`, title: 'Unauthorized', status: 401, code },
});
const REFUSED_001 = {
  status: 403,
  body: { code: 403, data: {}, message: "you don't have permission to access this resource", status: false },
};
const REFUSED_003 = { status: 401, body: { code: 401, message: 'Invalid JWT Token' } };
const REFUSED_REFRESH = { status: 401, body: { code: 401, message: 'Bad credentials' } };
const REFUSED_KEY = { status: 403, body: { message: 'Username could not be found.' } };
const REFUSED_004 = { status: 403, body: { detail: 'Invalid token.' } };

/** Everything that one person holds after signing in at every door that is open to him. */
interface Bundle {
  readonly jwt001: string;
  readonly jwt003: string;
  readonly refresh: string;
  readonly token004: string;
  readonly key: string;
}

/**
 * Contract 1 and 3.3: all doors share one user base, so what ends a person's sessions ends them
 * everywhere, with the very next request of each.
 */
describe('one person at three doors', () => {
  let server: TestGatehouse;
  let root: string;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    const keeper = { email: 'root@example.com', type: 'admin', level: 'superuser' } as const;
    root = (await signInAt003(server.api, await makePerson(server, keeper))).token;
  });
  afterAll(() => server.stop());

  /** An administrator with a permanent token, which the superuser gave him at 003. */
  async function makeAdministrator(): Promise<Person & { key: string }> {
    const email = `ada-${++count}@example.com`;
    const person = await makePerson(server, { email, type: 'admin', level: 'admin' });
    const key = `a-token-of-her-own-${count}`;
    const form = { 'admin[email]': email, 'admin[isActive]': '1', 'admin[external]': '1' };
    const given = await server.api.send(
      'PUT',
      `/api/admin/data/${person.uid}`,
      new URLSearchParams({ ...form, 'admin[apiKey]': key }),
      bearer(root),
    );
    expect(outcome(given)).toEqual({ status: 200, body: { adminId: person.uid } });
    return { ...person, key };
  }

  async function signInEverywhere(person: Person & { key: string }): Promise<Bundle> {
    const jwt001 = await signInAt001(server.api, person);
    const { token: jwt003, refreshToken: refresh } = await signInAt003(server.api, person);
    return { jwt001, jwt003, refresh, token004: await signInAt004(server.api, person), key: person.key };
  }

  const me = (headers: Record<string, string>) => server.api.get('/v1/me', headers);

  type Use = (bundle: Bundle) => Promise<Answer>;
  const uses: Readonly<Record<string, { use: Use; refused: object; blocked?: object }>> = {
    'the JWT at 001': { use: ({ jwt001 }) => lookAt001(server.api, jwt001), refused: REFUSED_001 },
    'the JWT at 003': { use: ({ jwt003 }) => lookAt003(server.api, jwt003), refused: REFUSED_003 },
    'the refresh token at 003': {
      use: ({ refresh }) => refreshAt003(server.api, refresh),
      refused: REFUSED_REFRESH,
    },
    'the permanent token at 003': {
      use: ({ key }) => server.api.get('/api/admin', keyHeader(key)),
      refused: REFUSED_KEY,
    },
    'the token at 004': {
      use: ({ token004 }) => server.api.get('/api/v1.1/account/me/', tokenHeader(token004)),
      refused: REFUSED_004,
      blocked: { status: 403, body: { detail: 'User inactive or deleted.' } },
    },
    'the JWT of 001 at /v1/me': {
      use: ({ jwt001 }) => me(bearer(jwt001)),
      refused: problem('credential-revoked'),
      blocked: problem('owner-blocked'),
    },
    'the JWT of 003 at /v1/me': {
      use: ({ jwt003 }) => me(bearer(jwt003)),
      refused: problem('credential-revoked'),
      blocked: problem('owner-blocked'),
    },
    'the token of 004 at /v1/me': {
      use: ({ token004 }) => me(bearer(token004)),
      refused: problem('credential-revoked'),
      blocked: problem('owner-blocked'),
    },
    'the permanent token at /v1/me': {
      use: ({ key }) => me(keyHeader(key)),
      refused: problem('api-key-refused'),
    },
  };
  const NAMES = Object.keys(uses);
  const statusesOf = async (bundle: Bundle, names: readonly string[]) => {
    const seen: Record<string, number> = {};
    for (const name of names) seen[name] = (await uses[name]!.use(bundle)).status;
    return seen;
  };
  const all = (names: readonly string[], status: number) =>
    Object.fromEntries(names.map((name) => [name, status]));
  const setState = (person: Person, verb: 'disable' | 'enable') =>
    server.api.post(`/v1/users/${person.uid}/${verb}`, undefined, bearer(root));

  it('is known at every door with one password, as the same person', async () => {
    const person = await makeAdministrator();
    const bundle = await signInEverywhere(person);
    expect((await lookAt001(server.api, bundle.jwt001)).body.data.email).toBe(person.email);
    expect((await lookAt003(server.api, bundle.jwt003)).body).toMatchObject({
      id: person.uid,
      email: person.email,
      external: true,
    });
    const account = await server.api.get('/api/v1.1/account/me/', tokenHeader(bundle.token004));
    expect(account.body).toMatchObject({ uid: person.uid, email: person.email });
    const { jwt001, jwt003, token004, key } = bundle;
    for (const headers of [bearer(jwt001), bearer(jwt003), bearer(token004), keyHeader(key)]) {
      expect((await me(headers)).body).toMatchObject({ id: person.uid, email: person.email });
    }
    expect(await statusesOf(bundle, NAMES)).toEqual(all(NAMES, 200));
  });

  // One person for each: the first request of all after disabling is the one that is looked at.
  it.each(NAMES)(
    'who is disabled is refused on the very next request of %s, and enabled stays so',
    async (name) => {
      const person = await makeAdministrator();
      const bundle = await signInEverywhere(person);
      const { use, refused, blocked = refused } = uses[name]!;
      if (!name.startsWith('the refresh')) expect((await use(bundle)).status).toBe(200);

      expect((await setState(person, 'disable')).status).toBe(204);
      expect(outcome(await use(bundle))).toEqual(blocked);
      expect((await setState(person, 'enable')).status).toBe(204);
      expect(outcome(await use(bundle))).toEqual(refused);
    },
  );

  it('who is enabled again signs in anew at every door, and holds none of what he had', async () => {
    const person = await makeAdministrator();
    const old = await signInEverywhere(person);
    await setState(person, 'disable');
    for (const signIn of [signInAt001, signInAt003, signInAt004]) {
      await expect(signIn(server.api, person)).rejects.toThrow('could not sign in: 401');
    }
    await setState(person, 'enable');
    const anew = await signInEverywhere(person);
    const sessions = NAMES.filter((name) => !name.startsWith('the permanent token'));
    expect(await statusesOf(anew, sessions)).toEqual(all(sessions, 200));
    for (const name of sessions) expect(outcome(await uses[name]!.use(old))).toEqual(uses[name]!.refused);
  });

  it('who changes his password at 003 goes on there, and is signed out of 001, of 004 and of his other 003', async () => {
    const person = await makeAdministrator();
    const bundle = await signInEverywhere(person);
    const other = await signInAt003(server.api, person);
    const renewed = 'another horse 2';
    const changed = await server.api.post(
      '/api/admin/password/change',
      { currentPassword: person.password, plainPassword: renewed },
      bearer(bundle.jwt003),
    );
    expect(outcome(changed)).toEqual({ status: 200, body: { success: true } });

    for (const name of ['the JWT at 001', 'the token at 004', 'the JWT of 001 at /v1/me']) {
      expect(outcome(await uses[name]!.use(bundle))).toEqual(uses[name]!.refused);
    }
    expect(outcome(await lookAt003(server.api, other.token))).toEqual(REFUSED_003);
    expect(outcome(await refreshAt003(server.api, other.refreshToken))).toEqual(REFUSED_REFRESH);
    const own = NAMES.filter((name) => /JWT (at|of) 003|refresh/.test(name));
    expect(await statusesOf(bundle, own)).toEqual(all(own, 200));

    for (const signIn of [signInAt001, signInAt003, signInAt004]) {
      await expect(signIn(server.api, person)).rejects.toThrow('could not sign in: 401');
      await expect(signIn(server.api, { ...person, password: renewed })).resolves.toBeDefined();
    }
  });

  it('who ends all sessions but this with a token of 004 is signed out of 001 and 003, and keeps his key', async () => {
    const person = await makeAdministrator();
    const bundle = await signInEverywhere(person);
    const ended = await server.api.send('DELETE', '/v1/sessions', undefined, bearer(bundle.token004));
    expect(outcome(ended)).toEqual({ status: 204, body: '' });
    for (const name of NAMES.filter((one) => /JWT|refresh/.test(one))) {
      expect(outcome(await uses[name]!.use(bundle))).toEqual(uses[name]!.refused);
    }
    const kept = NAMES.filter((name) => !/JWT|refresh/.test(name));
    expect(await statusesOf(bundle, kept)).toEqual(all(kept, 200));
  });
});
