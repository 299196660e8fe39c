import { jest } from '@jest/globals';
import type { DeclaredClient } from '../../../src/accounts/declared-client.js';
import { bearer, outcome } from '../../support/api.js';
import { rowsOf } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { Passwords } from '../../../src/passwords/passwords.service.js';
import { CITY_APP, declareClient } from '../../support/oauth-clients.js';
import {
  askToken,
  askUser,
  basic,
  CREATE,
  createBody,
  createUser,
  INVALID_CLIENT,
  INVALID_TOKEN,
  invalidRequest,
  logIn,
  refusal,
  TOKEN,
  tokenBody,
} from './requests.js';

const SECRET = CITY_APP.secrets[0]!;
const ADA = 'ada@example.com';

describe('a client of document 000', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    await createUser(server, ADA);
  });
  afterAll(() => server.stop());
  afterEach(() => jest.restoreAllMocks());

  const freshEmail = () => `person-${++count}@example.com`;
  const freshClient = (fields: Partial<DeclaredClient> = {}) =>
    declareClient(server, { name: `client-${++count}`, ...fields });
  const ways = (headers: Record<string, string>, fields: object = {}) => [
    () => askToken(server, ADA, fields, headers),
    () => askUser(server, freshEmail(), fields, headers),
  ];

  describe('shows who it is', () => {
    it.each([
      ['by Basic', basic(), {}],
      ['by Basic in any case', { authorization: basic().authorization!.replace('Basic', 'bASIC') }, {}],
      ['by Basic, its client_id in the body too', basic(), { client_id: 'city-app' }],
      ['by the body', {}, { client_id: 'city-app', client_secret: SECRET }],
    ])('%s', async (_, headers, fields) => {
      for (const ask of ways(headers, fields)) expect((await ask()).status).toBe(201);
    });

    it('by Basic of form-encoded halves (RFC 6749 2.3.1), and of plain ones', async () => {
      const secrets = ['a secret+of 100% &more: ü'.padEnd(32, '=')];
      const { name } = await freshClient({ name: 'odd/name+1', secrets });
      const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
      expect((await askToken(server, ADA, {}, basic(encode(name), encode(secrets[0]!)))).status).toBe(201);
      const plain = await freshClient({ secrets: ['plain-secret-100%-of-it'] });
      expect((await askToken(server, ADA, {}, basic(plain.name, plain.secrets[0]))).status).toBe(201);
    });
  });

  describe('is invalid_client, and nothing is changed', () => {
    it.each<[string, Record<string, string>, object]>([
      ['without any sign', {}, {}],
      ['unknown', basic('nobody'), {}],
      ['with a wrong secret', basic('city-app', 'wrong-secret-0123456789'), {}],
      ['with an empty secret', basic('city-app', ''), {}],
      ['with a name of other case', basic('City-App'), {}],
      ['with Basic that is none', { authorization: 'Basic !!!' }, {}],
      [
        'with Basic without a colon',
        { authorization: `Basic ${Buffer.from('city-app').toString('base64')}` },
        {},
      ],
      ['with an empty Basic', { authorization: 'Basic' }, {}],
      ['with its name alone', {}, { client_id: 'city-app' }],
      ['with a wrong secret in the body', {}, { client_id: 'city-app', client_secret: 'wrong' }],
      ['with another scheme', { authorization: `Digest ${SECRET}` }, {}],
      ['with an unknown token', { authorization: `Bearer ${'f'.repeat(40)}` }, {}],
      ['with an empty Bearer', { authorization: 'Bearer' }, {}],
    ])('%s', async (_, headers, fields) => {
      const before = [await rowsOf(server, 'users'), await rowsOf(server, 'grants')];
      for (const ask of ways(headers, fields)) {
        const answer = await ask();
        expect(outcome(answer)).toEqual(INVALID_CLIENT);
        expect(answer.headers.get('www-authenticate')).toBe('Basic realm="gemini", charset="UTF-8"');
        expect(answer.headers.get('cache-control')).toBe('no-store');
      }
      expect([await rowsOf(server, 'users'), await rowsOf(server, 'grants')]).toEqual(before);
    });

    it('before anything is told about the request', async () => {
      for (const fields of [{ grant_type: 'nothing' }, { scope: 'admin' }, { password: undefined }]) {
        for (const ask of ways(basic('nobody'), fields)) {
          expect(outcome(await ask())).toEqual(INVALID_CLIENT);
        }
      }
    });
  });

  it('is refused when it shows itself in both ways at once (RFC 6749 2.3)', async () => {
    const both = { client_id: 'city-app', client_secret: SECRET };
    for (const ask of ways(basic(), both)) {
      expect(outcome(await ask())).toEqual(invalidRequest('client_secret is missing or malformed.'));
    }
  });

  it('with a secret in the body but no name is invalid_request', async () => {
    for (const ask of ways({}, { client_secret: SECRET })) {
      expect(outcome(await ask())).toEqual(invalidRequest('client_id is missing or malformed.'));
    }
  });

  it('shows nothing in the query', async () => {
    const query = `client_id=city-app&client_secret=${SECRET}`;
    expect(outcome(await server.api.post(`${TOKEN}?${query}`, tokenBody(ADA)))).toEqual(INVALID_CLIENT);
    expect(outcome(await server.api.post(`${CREATE}?${query}`, createBody(freshEmail())))).toEqual(
      INVALID_CLIENT,
    );
  });

  it('without the password grant is unauthorized_client', async () => {
    const { name } = await freshClient({ grants: [] });
    for (const ask of ways(basic(name))) {
      expect(outcome(await ask())).toEqual(
        refusal(400, 'unauthorized_client', 'The client may not use this grant type.'),
      );
    }
  });

  describe('that is disabled', () => {
    it('is invalid_client, and its tokens end with their next request and stay ended', async () => {
      const client = await freshClient();
      const { body } = await askToken(server, ADA, {}, basic(client.name));
      const look = () => server.api.get(`/api/users/${body.user.id}`, bearer(body.access_token as string));
      const other = await logIn(server, ADA);
      expect((await look()).status).toBe(200);
      for (const disabled of [true, false]) {
        await declareClient(server, { ...client, disabled });
        expect(outcome(await look())).toEqual(INVALID_TOKEN);
        expect((await askToken(server, ADA, {}, basic(client.name))).status).toBe(disabled ? 401 : 201);
      }
      expect((await server.api.get('/v1/me', bearer(body.access_token as string))).status).toBe(401);
      expect((await server.api.get(`/api/users/${other.id}`, bearer(other.token))).status).toBe(200);
    });

    it.each([
      ['a sign-in', 'verify', TOKEN, () => tokenBody(ADA)],
      ['a registration', 'hash', CREATE, () => createBody('meanwhile@example.com')],
    ] as const)('while %s runs leaves no token behind', async (_, method, path, body) => {
      const client = await freshClient();
      const { reached, release } = hold(method);
      const pending = server.api.post(path, body(), basic(client.name));
      await reached;
      await declareClient(server, { ...client, disabled: true });
      const before = [await rowsOf(server, 'users'), await rowsOf(server, 'grants')];
      release();
      const answer = await pending;
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(Object.keys(answer.body as object).sort()).toEqual(['error', 'error_description']);
      expect([await rowsOf(server, 'users'), await rowsOf(server, 'grants')]).toEqual(before);
    });
  });

  describe('whose secrets are rotated', () => {
    const works = async (name: string, secret: string) =>
      (await askToken(server, ADA, {}, basic(name, secret))).status === 201;
    const [old, fresh] = ['old-secret-0123456789', 'new-secret-0123456789'];

    it('may show the new and the old one, until the old one is left out', async () => {
      const { name } = await freshClient({ secrets: [old] });
      expect([await works(name, old), await works(name, fresh)]).toEqual([true, false]);
      await declareClient(server, { name, secrets: [fresh, old] });
      expect([await works(name, old), await works(name, fresh)]).toEqual([true, true]);
      await declareClient(server, { name, secrets: [fresh] });
      expect([await works(name, old), await works(name, fresh)]).toEqual([false, true]);
    });

    it('loses the old one at once where it is replaced; tokens go on', async () => {
      const { name } = await freshClient({ secrets: [old] });
      const { body } = await askToken(server, ADA, {}, basic(name, old));
      await declareClient(server, { name, secrets: [fresh] });
      expect([await works(name, old), await works(name, fresh)]).toEqual([false, true]);
      const own = await server.api.get(`/api/users/${body.user.id}`, bearer(body.access_token as string));
      expect(own.status).toBe(200);
    });

    it('may not use the secret of another', async () => {
      const one = await freshClient({ secrets: ['the-secret-of-the-one'] });
      const other = await freshClient({ secrets: ['the-secret-of-the-other'] });
      expect(await works(one.name, other.secrets[0]!)).toBe(false);
    });
  });

  it('whose scopes are narrowed keeps what it was given, and is given less from then on', async () => {
    const client = await freshClient();
    const { body } = await askToken(server, ADA, {}, basic(client.name));
    await declareClient(server, { ...client, scopes: ['profile'] });
    const made = await server.api.post(
      `/api/venue/${body.user.id}/new`,
      { name: 'Hall' },
      bearer(body.access_token as string),
    );
    expect(made.status).toBe(201);
    expect(outcome(await askToken(server, ADA, {}, basic(client.name)))).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  });

  /** Holds a request where it hashes; `reached` tells that it is there. */
  function hold(method: 'verify' | 'hash') {
    const passwords = server.get(Passwords);
    const real = passwords[method].bind(passwords) as (...parameters: never[]) => Promise<never>;
    let reach: () => void = () => undefined;
    let release: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    jest.spyOn(passwords, method).mockImplementation(async (...parameters: unknown[]) => {
      const result = await real(...(parameters as never[]));
      reach();
      await released;
      return result;
    });
    return { reached, release };
  }
});
