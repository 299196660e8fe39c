import { HOUR, MINUTE, SECOND } from '../../src/common/clock.js';
import { GrantUse } from '../../src/grants/grant-use.service.js';
import {
  KEY_REFUSED,
  KEYS,
  makeKey,
  makeSignedIn,
  meBy,
  problem,
  type SignedIn,
} from '../support/api-keys.js';
import { bearer, outcome, type Answer } from '../support/api.js';
import { signIn } from '../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const GENERATED = /^ghk_[0-9a-f]{48}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The life of a permanent key at `/v1/api-keys`, from its making to its end. */
describe('/v1/api-keys', () => {
  let server: TestGatehouse;
  let ann: SignedIn;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ann = await makeSignedIn(server, { email: 'ann@example.org' });
  });
  afterAll(() => server.stop());

  /** Whoever has no key yet. */
  const newcomer = () => makeSignedIn(server, { email: `newcomer-${++people}@example.org` });
  const create = (body: unknown, { token } = ann) => server.api.post(KEYS, body, bearer(token));
  const rotate = (id: string, body?: unknown, { token } = ann) =>
    server.api.post(`${KEYS}/${id}/rotate`, body, bearer(token));
  const revoke = (id: string, { token } = ann) =>
    server.api.send('DELETE', `${KEYS}/${id}`, undefined, bearer(token));
  const list = (query = '', { token } = ann) => server.api.get(`${KEYS}${query}`, bearer(token));
  const inFuture = (milliseconds: number) => new Date(server.clock.now() + milliseconds).toISOString();
  const expectUncached = ({ headers }: Answer) => expect(headers.get('cache-control')).toBe('no-store');
  /** Later than 15 minutes a sign-in is too old to handle keys. */
  const refresh = async (person: SignedIn) => ({ ...person, token: await signIn(server, person) });

  describe('POST', () => {
    it('makes a key with a name alone: ours to make, its maker’s, everywhere and for ever', async () => {
      const answer = await create({ name: 'backup of the night' });
      expectUncached(answer);
      expect(outcome(answer)).toEqual({
        status: 201,
        body: {
          id: expect.stringMatching(UUID),
          name: 'backup of the night',
          hint: (answer.body.secret as string).slice(-4),
          ownerId: ann.uid,
          createdBy: ann.uid,
          level: 'member',
          networks: [],
          createdAt: expect.stringMatching(INSTANT),
          expiresAt: null,
          lastUsedAt: null,
          secret: expect.stringMatching(GENERATED),
        },
      });
      expect((await meBy(server, answer.body.secret as string)).body).toMatchObject({ id: ann.uid });
    });

    it('makes a key as it is described, and takes no field that is ours to write', async () => {
      const expiresAt = inFuture(HOUR);
      const secret = 'chosen by Ann herself, she says'.replaceAll(' ', '-');
      const wish = { name: 'n'.repeat(150), ownerId: ann.uid, level: 'member', secret };
      const networks = ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'];
      const ours = { id: 'mine', createdBy: 'nobody', lastUsedAt: expiresAt, hint: 'hint' };
      const answer = await create({
        ...wish,
        networks,
        ...ours,
        expiresAt: expiresAt.replace('Z', '+00:00'),
      });
      expectUncached(answer);
      expect(outcome(answer)).toEqual({
        status: 201,
        body: {
          ...wish,
          networks,
          expiresAt,
          id: expect.stringMatching(UUID),
          hint: '',
          createdBy: ann.uid,
          createdAt: expect.stringMatching(INSTANT),
          lastUsedAt: null,
        },
      });
      expect((await meBy(server, secret)).status).toBe(200);
    });

    it.each([
      ['nothing', undefined, 'name', ['isString', 'matches', 'maxLength']],
      ['an empty name', { name: '' }, 'name', ['matches']],
      ['a long name', { name: 'n'.repeat(151) }, 'name', ['maxLength']],
      ['an owner that is no id', { name: 'n', ownerId: 'ann' }, 'ownerId', ['isUuid']],
      ['a level of another door', { name: 'n', level: 'simpleuser' }, 'level', ['isIn']],
      [
        'networks that are no list',
        { name: 'n', networks: '10.0.0.0/8' },
        'networks',
        ['isArray', 'arrayMaxSize'],
      ],
      ['a network that is none', { name: 'n', networks: ['10.0.0.0/33'] }, 'networks', ['isNetwork']],
      [
        'too many networks',
        { name: 'n', networks: Array(101).fill('10.0.0.1') },
        'networks',
        ['arrayMaxSize'],
      ],
      ['an end without a zone', { name: 'n', expiresAt: '2099-01-01T00:00:00' }, 'expiresAt', ['matches']],
      ['an end that is no day', { name: 'n', expiresAt: '2099-02-30T00:00:00Z' }, 'expiresAt', ['isIso8601']],
      ['a secret that is no text', { name: 'n', secret: 1234567890123456 }, 'secret', ['isString']],
    ])('refuses %s', async (_what, body, path, rules) => {
      const answer = await create(body);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const errors = rules.map((rule) => ({ path, rule }));
      expect(outcome(answer)).toEqual(problem(400, 'invalid-body', { errors }));
    });

    it.each([
      ['of 15 characters', 'x'.repeat(15), 'too-short'],
      ['of 257 characters', 'x'.repeat(257), 'invalid'],
      ['with a space', 'a secret with spaces', 'invalid'],
      ['with a letter that no header carries', 'sekret-o-żółwiach', 'invalid'],
      ['that looks as if it were ours', `ghk_${'0'.repeat(48)}`, 'invalid'],
    ])('refuses a chosen secret %s', async (_what, secret, fault) => {
      const refusal = problem(400, 'api-key-secret-refused', { fault });
      expect(outcome(await create({ name: 'n', secret }))).toEqual(refusal);
      const { id } = await makeKey(server, ann);
      expect(outcome(await rotate(id, { secret }))).toEqual(refusal);
    });

    it.each([16, 256])('takes a chosen secret of %d characters', async (length) => {
      const secret = `#${'!'.repeat(length - 2)}~`;
      expect((await create({ name: 'n', secret })).body.secret).toBe(secret);
      expect((await meBy(server, secret)).status).toBe(200);
    });

    it('refuses a secret that a living key has, whoever asks', async () => {
      const secret = 'taken-by-somebody';
      const { id } = await makeKey(server, ann, { secret });
      const taken = problem(400, 'api-key-secret-refused', { fault: 'taken' });
      for (const person of [ann, await newcomer()]) {
        expect(outcome(await create({ name: 'n', secret }, person))).toEqual(taken);
      }
      expect(outcome(await rotate(id, { secret }))).toEqual(taken);
      expect((await meBy(server, secret)).status).toBe(200);
    });

    it('refuses an end in the past', async () => {
      const past = problem(400, 'api-key-expiry-past');
      expect(outcome(await create({ name: 'n', expiresAt: inFuture(-SECOND) }))).toEqual(past);
    });
  });

  describe('GET', () => {
    it('lists one’s own living keys in order of creation, by pages, without a secret', async () => {
      const person = await newcomer();
      const made = [];
      for (const name of ['first', 'second', 'third', 'revoked', 'expired']) {
        const expiresAt = name === 'expired' ? { expiresAt: inFuture(SECOND) } : {};
        made.push(await makeKey(server, person, { name, ...expiresAt }));
      }
      await revoke(made[3]!.id, person);
      server.clock.advance(SECOND);
      const shown = made.slice(0, 3).map(({ secret: _secret, ...view }) => view);

      const [first, second, third] = shown;
      expect(outcome(await list('', person))).toEqual({
        status: 200,
        body: { items: [first, second, third], nextCursor: null },
      });
      expect((await list('?limit=3', person)).body).toEqual({ items: shown, nextCursor: null });
      expect((await list('?limit=2', person)).body).toEqual({
        items: [first, second],
        nextCursor: second!['id'],
      });
      expect((await list(`?limit=2&cursor=${String(second!['id'])}`, person)).body).toEqual({
        items: [third],
        nextCursor: null,
      });
    });

    it.each(['?limit=0', '?limit=101', '?limit=ten', '?limit=1&limit=2', '?cursor=first'])(
      'refuses %s',
      async (query) => {
        const answer = await list(query);
        expect(answer.body.errors.length).toBeGreaterThan(0);
        expect(outcome(answer)).toEqual(problem(400, 'invalid-body', { errors: answer.body.errors }));
      },
    );

    it('tells when a key was last used', async () => {
      const person = await newcomer();
      await makeKey(server, person);
      const key = await makeKey(server, person, { name: 'used' });
      server.clock.advance(MINUTE);
      const before = server.clock.now();
      await meBy(server, key.secret);
      await server.get(GrantUse).flush();
      const [unused, used] = (await list('', person)).body.items as { lastUsedAt: string | null }[];
      expect(unused!.lastUsedAt).toBeNull();
      expect(Date.parse(used!.lastUsedAt!)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(used!.lastUsedAt!)).toBeLessThanOrEqual(server.clock.now());
    });
  });

  it('ends at the time that was given', async () => {
    const person = await newcomer();
    const { id, secret } = await makeKey(server, person, { expiresAt: inFuture(10 * SECOND) });
    expect((await meBy(server, secret)).status).toBe(200);
    server.clock.advance(9 * SECOND);
    expect((await meBy(server, secret)).status).toBe(200);
    server.clock.advance(SECOND);
    expect(outcome(await meBy(server, secret))).toEqual(KEY_REFUSED);
    expect((await list('', person)).body.items).toEqual([]);
    expect((await revoke(id, person)).status).toBe(204);
  });

  it('lasts as long as it is not revoked, used or not', async () => {
    const { secret } = await makeKey(server, ann);
    server.clock.advance(400 * 24 * HOUR);
    expect((await meBy(server, secret)).status).toBe(200);
    ann = await refresh(ann);
  });

  it('DELETE ends it on the next request, and is answered once', async () => {
    const [key, other] = [await makeKey(server, ann), await makeKey(server, ann)];
    expect((await meBy(server, key.secret)).status).toBe(200);
    expect(outcome(await revoke(key.id))).toEqual({ status: 204, body: '' });
    expect(outcome(await meBy(server, key.secret))).toEqual(KEY_REFUSED);
    expect((await meBy(server, other.secret)).status).toBe(200);
    const gone = problem(404, 'api-key-not-found');
    for (const answer of [await revoke(key.id), await rotate(key.id), await revoke('no-id')]) {
      expect(outcome(answer)).toEqual(gone);
    }
  });
});
