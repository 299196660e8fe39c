import { createHash, randomBytes } from 'node:crypto';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { Figures } from '../../src/figures/figures.service.js';
import { MINUTE } from '../../src/common/clock.js';
import { GrantUse } from '../../src/grants/grant-use.service.js';
import { KeyRing } from '../../src/secrets/key-ring.js';
import {
  digestsOfKey,
  KEY_REFUSED,
  keyHeader,
  KEYS,
  makeKey,
  makeSignedIn,
  meBy,
  problem,
  type SignedIn,
} from '../support/api-keys.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { dumpDatabase, tracesOf } from '../support/database-dump.js';
import { fingerprintOf } from '../support/database-fingerprint.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

const ME_004 = '/api/v1.1/account/me/';

/** What becomes of the secret of a key: where it stands, where it counts, and where it does not. */
describe('the secret of a permanent key', () => {
  const secretKey = randomBytes(32);
  let server: TestGatehouse;
  let ann: SignedIn;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse({ SECRET_KEY: secretKey.toString('base64') });
    ann = await makeSignedIn(server, { email: 'ann@example.org', level: 'manager' });
  });
  afterAll(() => server.stop());

  const newcomer = () => makeSignedIn(server, { email: `newcomer-${++people}@example.org` });
  const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
  const create = ({ token }: SignedIn, secret: string) =>
    server.api.post(KEYS, { name: 'again', secret }, bearer(token));
  const revoke = ({ token }: SignedIn, id: string) =>
    server.api.send('DELETE', `${KEYS}/${id}`, undefined, bearer(token));

  // First of all, because the time of last use is written by itself half a minute after the start.
  it('is looked up without writing; the uses of a while are written at once', async () => {
    const keys = [];
    for (let made = 0; made < 5; made += 1) keys.push(await makeKey(server, ann));
    await meBy(server, keys[0]!.secret);
    await server.get(GrantUse).flush();
    await server.get(AuditSealer).seal();
    await server.get(Figures).flush();
    const before = await fingerprintOf(server.database);
    server.clock.advance(MINUTE);
    const used = server.clock.now();
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all(keys.map(({ secret }) => meBy(server, secret)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      await server.api.get('/v1/users', keyHeader(keys[0]!.secret));
      expect((await meBy(server, 'nobody-has-this-one')).status).toBe(401);
    }
    expect(await fingerprintOf(server.database)).toBe(before);
    await server.get(GrantUse).flush();
    const ids = keys.map(({ id }) => `'${id}'`).join();
    const rows = await queryDatabase(
      server.database,
      `SELECT last_used_at AS at FROM grants WHERE id IN (${ids})`,
    );
    expect(rows.map(({ at }) => Number(at) >= used)).toEqual([true, true, true, true, true]);
  });

  describe('at rest', () => {
    it('is a SHA-256 where we made it', async () => {
      const { id, secret } = await makeKey(server, ann);
      expect(await digestsOfKey(server, id)).toEqual([sha256(secret)]);
    });

    it('is an HMAC under SECRET_KEY where somebody chose it', async () => {
      const secret = 'open sesame, will you'.replaceAll(' ', '-');
      const { id } = await makeKey(server, ann, { secret });
      const [digest, ...more] = await digestsOfKey(server, id);
      expect(more).toEqual([]);
      expect(digest).toBe(new KeyRing([secretKey]).mac('chosen key', secret));
      expect(digest).not.toContain(sha256(secret));
    });

    it('stands in no table, no file and no line of the log', async () => {
      const secrets = new Set<string>();
      const note = (secret: string) => (secrets.add(secret), secret);
      const chosen = note(`chosen-${randomBytes(9).toString('hex')}`);
      const made = await makeKey(server, ann, { name: 'its name is kept' });
      note(made.secret);
      const other = await makeKey(server, ann, { secret: chosen });
      for (const [id, body] of [
        [made.id, { overlapSeconds: 60 }],
        [other.id, { overlapSeconds: 60, secret: note('rotated-"to"-this-one') }],
        [other.id, { secret: note('too short 1') }],
        [other.id, { secret: chosen }],
      ] as const) {
        const answer = await server.api.post(`${KEYS}/${id}/rotate`, body, bearer(ann.token));
        if (answer.status === 200) note(answer.body.secret as string);
        else expect(answer.status).toBe(400);
      }
      for (const secret of secrets) await meBy(server, secret);
      await meBy(server, note('nearly-the-right-one'));
      await server.api.get(`/v1/me?auth_token=${note('shown-in-the-query')}`);
      await revoke(ann, made.id);
      expect(secrets.size).toBe(7);

      const [dump, log] = [await dumpDatabase(server.database), server.log()];
      expect(tracesOf('its name is kept', dump)).toContain('bytes');
      expect(tracesOf('/v1/api-keys/:id/rotate', log)).toContain('bytes');
      for (const secret of secrets) {
        expect([secret, tracesOf(secret, dump), tracesOf(secret, log)]).toEqual([secret, [], []]);
      }
    });
  });

  describe('that we made', () => {
    it('counts with its own checksum only, whatever is stored', async () => {
      const { secret } = await makeKey(server, ann);
      const last = secret.endsWith('0') ? '1' : '0';
      const body = secret.slice(0, -8);
      const slips = [
        body,
        `${secret.slice(0, -1)}${last}`,
        `${secret}0`,
        secret.toUpperCase(),
        ` ${secret}x`,
      ];
      for (const slip of slips) expect(outcome(await meBy(server, slip))).toEqual(KEY_REFUSED);
      expect((await meBy(server, secret)).status).toBe(200);
    });

    it('is never the same twice', async () => {
      const secrets = new Set<string>();
      for (let made = 0; made < 20; made += 1) secrets.add((await makeKey(server, ann)).secret);
      expect(secrets.size).toBe(20);
    });
  });

  describe('counts in the header X-AUTH-TOKEN only:', () => {
    it.each([
      ['generated', undefined],
      // As long as a token of 004, so that nothing but its use tells it from one.
      ['chosen', 'f'.repeat(40)],
    ])('one that is %s is no session token, seen before or not', async (_what, chosen) => {
      const { secret } = await makeKey(server, ann, { secret: chosen });
      for (const isSeen of [false, true]) {
        if (isSeen) expect((await meBy(server, secret)).status).toBe(200);
        for (const [path, headers] of [
          ['/v1/me', bearer(secret)],
          ['/v1/me', tokenHeader(secret)],
          [`/v1/me?c_auth_with_token=${secret}`, {}],
          [`/v1/me?auth_token=${secret}`, {}],
          ['/v1/me', { cookie: `session=${secret}` }],
          [ME_004, tokenHeader(secret)],
          [ME_004, bearer(secret)],
          [ME_004, keyHeader(secret)],
          [`${ME_004}?c_auth_with_token=${secret}`, {}],
          [`${ME_004}?auth_token=${secret}`, {}],
          ['/api/stable/auth/whoami', bearer(secret)],
          ['/api/stable/auth/whoami', keyHeader(secret)],
        ] as const) {
          const { status } = await server.api.get(path, headers);
          expect([path, headers, [401, 403].includes(status)]).toEqual([path, headers, true]);
        }
      }
      expect((await meBy(server, secret)).status).toBe(200);
    });

    it('a session’s token is no key, seen before or not', async () => {
      const person = await newcomer();
      const login = { username: person.email, password: person.password };
      const jwt = (await server.api.post('/api/stable/auth/login', login)).body.data.token as string;
      for (const token of [person.token, jwt]) {
        for (let shown = 0; shown < 2; shown += 1) {
          expect(outcome(await meBy(server, token))).toEqual(KEY_REFUSED);
          expect((await server.api.get('/v1/me', bearer(token))).status).toBe(200);
        }
      }
    });

    it('in a query it is not even looked at', async () => {
      const { secret } = await makeKey(server, ann);
      const missing = problem(401, 'credential-missing');
      expect(outcome(await server.api.get(`/v1/me?auth_token=${secret}`))).toEqual(missing);
      expect((await server.api.get('/v1/me?auth_token=wrong', bearer(ann.token))).status).toBe(200);
    });
  });

  describe('that somebody chose', () => {
    it('may be chosen again once its key is revoked, and opens for the new owner alone', async () => {
      const secret = 'handed-on-to-others';
      const [first, second] = [await newcomer(), await newcomer()];
      const key = await makeKey(server, first, { secret });
      expect((await meBy(server, secret)).body.id).toBe(first.uid);
      expect((await create(second, secret)).status).toBe(400);
      await revoke(first, key.id);
      expect((await create(second, secret)).status).toBe(201);
      expect((await meBy(server, secret)).body.id).toBe(second.uid);
    });

    it('may be chosen again once its key has expired', async () => {
      const secret = 'good-for-one-minute';
      const expiresAt = new Date(server.clock.now() + MINUTE).toISOString();
      await makeKey(server, ann, { secret, expiresAt });
      expect((await create(ann, secret)).status).toBe(400);
      server.clock.advance(MINUTE);
      expect((await meBy(server, secret)).status).toBe(401);
      expect((await create(ann, secret)).status).toBe(201);
      expect((await meBy(server, secret)).status).toBe(200);
    });

    it('makes one key however many choose it at once', async () => {
      const secret = 'everybody-wants-it';
      const choosers: SignedIn[] = [];
      for (let count = 0; count < 8; count += 1) choosers.push(await newcomer());
      const answers = await Promise.all(choosers.map((person) => create(person, secret)));
      const made = answers.filter(({ status }) => status === 201);
      expect(made).toHaveLength(1);
      const taken = problem(400, 'api-key-secret-refused', { fault: 'taken' });
      const refused = answers.filter(({ status }) => status !== 201).map(outcome);
      expect(refused).toEqual(Array.from({ length: 7 }, () => taken));
      expect((await meBy(server, secret)).body.id).toBe(made[0]!.body.ownerId);
      for (const { uid } of choosers.filter((person) => person.uid !== made[0]!.body.ownerId)) {
        const left = await queryDatabase(
          server.database,
          `SELECT id FROM grants WHERE kind = 'permanent' AND user_id = '${uid}'`,
        );
        expect(left).toEqual([]);
      }
    });
  });
});
