import { createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { SECOND } from '../../src/common/clock.js';
import { AccessTokens, type AccessClaims } from '../../src/grants/jwt/access-tokens.service.js';
import { SigningKeys, type PublicJwk } from '../../src/grants/jwt/signing-keys.service.js';
import { bearer, type Answer } from '../support/api.js';
import { findPerson, makePerson } from '../support/declared-people.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { AUTH, login, refusedByMiddleware, REVOKED, whoami } from '../surfaces/backup-repository/sessions.js';

const TYPE = 'at+jwt';
const SURFACES = ['gemini', 'romeo', 'open-loyalty', 'concrete-datastore', 'native'];
const FORGED = refusedByMiddleware(401, 'signature is invalid');
const ALGORITHM = refusedByMiddleware(401, 'invalid signing algorithm');
const EXPIRED = refusedByMiddleware(401, 'Token is expired');

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = (segment: string) => JSON.parse(Buffer.from(segment, 'base64url').toString()) as object;

/** JWTs that seem to be ours: none opens the door that gives them, nor the native API behind it. */
describe('attacks on the JWT', () => {
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  let server: TestGatehouse;
  /** A token that counts, in its three parts, and what it says. */
  let token: string;
  let header: string;
  let payload: string;
  let signature: string;
  let kid: string;
  let claims: AccessClaims & { login: string };
  let own: KeyObject;
  let jwk: PublicJwk;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await makePerson(server, { name: 'root', email: 'root@riseup.example', level: 'superuser' });
    await makePerson(server, { name: 'some-user', email: 'some-user@riseup.example' });
    ({ token } = await login(server, 'some-user'));
    [header = '', payload = '', signature = ''] = token.split('.');
    ({ kid } = decode(header) as { kid: string });
    claims = decode(payload) as typeof claims;
    own = (await server.get(SigningKeys).current()).privateKey;
    jwk = (await server.get(SigningKeys).jwks()).keys[0]!;
  });
  /** Each refusal means something only beside a token that is let in. */
  beforeEach(async () => {
    expect((await whoami(server, token)).status).toBe(200);
    expect((await me(token)).status).toBe(200);
  });
  afterAll(() => server.stop());

  const me = (presented: string): Promise<Answer> => server.api.get('/v1/me', bearer(presented));

  /** The door of document 001 and the native API both refuse it. */
  async function expectRefused(presented: string, refusal: object): Promise<void> {
    expect(await whoami(server, presented)).toMatchObject(refusal);
    const native = await me(presented);
    expect(native.status).toBe(401);
    expect(native.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(native.body).toMatchObject({ status: 401 });
  }

  const signed = (key: KeyObject, said: object, extra: object = {}): string =>
    jsonwebtoken.sign(said, key, {
      algorithm: 'RS256',
      header: { alg: 'RS256', typ: TYPE, kid, ...extra },
    });

  describe('another algorithm', () => {
    it.each(['none', 'None', 'NONE', 'nOnE', '', 'RS255'])(
      '%j, without a signature and with one',
      async (alg) => {
        const start = `${encode({ alg, typ: TYPE, kid })}.${payload}`;
        await expectRefused(`${start}.`, ALGORITHM);
        await expectRefused(`${start}.${signature}`, ALGORITHM);
      },
    );

    it('none at all', async () => {
      await expectRefused(`${encode({ typ: TYPE, kid })}.${payload}.`, { status: 401 });
      await expectRefused(`${encode({ alg: null, typ: TYPE, kid })}.${payload}.`, { status: 401 });
      await expectRefused(`${encode({ alg: ['RS256'], typ: TYPE, kid })}.${payload}.${signature}`, {
        status: 401,
      });
    });

    it.each(['HS256', 'HS384', 'HS512'] as const)('%s under what everybody may read', async (algorithm) => {
      const publicKey = createPublicKey({ key: { ...jwk }, format: 'jwk' });
      const secrets = [
        publicKey.export({ type: 'spki', format: 'pem' }),
        publicKey.export({ type: 'pkcs1', format: 'pem' }),
        publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
        publicKey.export({ type: 'spki', format: 'der' }),
        JSON.stringify(jwk),
        JSON.stringify({ keys: [jwk] }),
        jwk.n,
        kid,
      ];
      for (const secret of secrets) {
        const forged = jsonwebtoken.sign(claims, secret, {
          algorithm,
          header: { alg: algorithm, typ: TYPE, kid },
        });
        await expectRefused(forged, ALGORITHM);
      }
    });

    it.each(['RS384', 'RS512', 'PS256'] as const)('%s, though signed with our own key', async (algorithm) => {
      const forged = jsonwebtoken.sign(claims, own, {
        algorithm,
        header: { alg: algorithm, typ: TYPE, kid },
      });
      await expectRefused(forged, ALGORITHM);
    });
  });

  describe('another key', () => {
    it.each([
      ['as if it were ours', {}],
      ['with a kid of its own', { kid: 'foreign' }],
      ['with a kid that is a path', { kid: '../../../../dev/null' }],
      ['with a kid that is SQL', { kid: "' UNION SELECT '1' --" }],
      ['with a kid that every object has', { kid: '__proto__' }],
      ['with an empty kid', { kid: '' }],
      ['without a kid', { kid: undefined }],
      ['named by jku', { jku: 'http://127.0.0.1:9/jwks.json' }],
      ['named by x5u', { x5u: 'http://127.0.0.1:9/chain.pem' }],
      ['brought along as jwk', { jwk: foreign.publicKey.export({ format: 'jwk' }) }],
      [
        'brought along as x5c',
        { x5c: [foreign.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')] },
      ],
    ])('%s', async (_what, extra) => {
      await expectRefused(signed(foreign.privateKey, claims, extra), FORGED);
    });

    it.each([[['x']], [{ x: 1 }], [7], [true]])('with a kid that is no text: %j', async (odd) => {
      await expectRefused(`${encode({ alg: 'RS256', typ: TYPE, kid: odd })}.${payload}.${signature}`, FORGED);
    });
  });

  describe('another text under the same signature', () => {
    it.each([
      ['login', 'root'],
      ['sub', 'of root'],
      ['sid', randomUUID()],
      ['jti', randomUUID()],
      ['aud', 'native'],
      ['exp', 4_102_444_800],
      ['admin', true],
    ])('the claim %s', async (claim, value) => {
      const said = claim === 'sub' ? (await findPerson(server, 'root@riseup.example')).uid : value;
      await expectRefused(`${header}.${encode({ ...claims, [claim]: said })}.${signature}`, FORGED);
    });

    it.each([
      ['typ', { typ: TYPE.toUpperCase(), alg: 'RS256' }],
      ['cty', { cty: 'JWT', typ: TYPE, alg: 'RS256' }],
      ['the order', { typ: TYPE, alg: 'RS256' }],
    ])('the header: %s', async (_what, said) => {
      await expectRefused(`${encode({ ...said, kid })}.${payload}.${signature}`, FORGED);
    });
  });

  describe('another signature', () => {
    it('none, a short one, a long one, one with a byte changed', async () => {
      const bytes = Buffer.from(signature, 'base64url');
      const flipped = [0, 1, 128, 255].map((at) => {
        const copy = Buffer.from(bytes);
        copy[at]! ^= 1;
        return copy.toString('base64url');
      });
      const others = [
        '',
        bytes.subarray(0, 255).toString('base64url'),
        Buffer.concat([bytes, Buffer.from([0])]).toString('base64url'),
        Buffer.alloc(256).toString('base64url'),
        ...flipped,
      ];
      for (const other of others) await expectRefused(`${header}.${payload}.${other}`, FORGED);
    });

    it('the same one in another spelling: it was given in one', async () => {
      const last = signature.at(-1)!;
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      // The lowest bits of the last character say nothing, so that others stand for the same bytes.
      const twin = `${signature.slice(0, -1)}${alphabet[alphabet.indexOf(last) ^ 1]}`;
      expect(Buffer.from(twin, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
      for (const other of [twin, `${signature}=`, `${signature}==`]) {
        const answer = await whoami(server, `${header}.${payload}.${other}`);
        expect([401, 403]).toContain(answer.status);
        expect((await me(`${header}.${payload}.${other}`)).status).toBe(401);
      }
    });
  });

  describe('no JWT', () => {
    it.each([
      ['a.b', 'token contains an invalid number of segments'],
      ['a.b.c.d', 'token contains an invalid number of segments'],
      ['abc', 'token contains an invalid number of segments'],
      ['!.!.!', 'token is malformed'],
      ['..', 'token is malformed'],
      [`${encode('text')}.${encode({})}.x`, undefined],
      [`${encode(null)}.${encode({})}.x`, undefined],
      [`${encode([])}.${encode([])}.x`, undefined],
      ['{"alg":"RS256"}.{}.x', undefined],
    ])('%s', async (text, message) => {
      await expectRefused(text, message ? refusedByMiddleware(401, message) : { status: 401 });
    });
  });

  /** What only we could sign, by a fault of ours: each is right but for one thing. */
  describe('rightly signed, and yet not ours to honour', () => {
    const now = () => Math.floor(server.clock.now() / SECOND);

    it.each(['JWT', 'jwt', 'id+jwt', 'application/at+jwt', undefined])('of the type %s', async (typ) => {
      await expectRefused(signed(own, claims, { typ }), FORGED);
    });

    it.each([`${PUBLIC_URL}/`, 'https://evil.example', '', [PUBLIC_URL, 'https://evil.example'], undefined])(
      'of the issuer %j',
      async (iss) => {
        await expectRefused(signed(own, { ...claims, iss }), FORGED);
      },
    );

    it('expired, by a second and by years', async () => {
      for (const exp of [now() - 1, 1]) {
        await expectRefused(signed(own, { ...claims, iat: 0, exp }), EXPIRED);
      }
    });

    it('not yet to be used', async () => {
      await expectRefused(signed(own, { ...claims, nbf: now() + 3_600 }), FORGED);
    });

    it.each(SURFACES)('for %s', async (surface) => {
      const { sub: userId, sid: grantId, exp } = claims;
      const forOther = await server
        .get(AccessTokens)
        .sign({ userId, grantId, surface, expiresAt: exp * SECOND, claims: { login: 'some-user' } });
      await expectUnknown(forOther);
    });

    it('for several audiences, or for none', async () => {
      for (const aud of [['backup-repository', 'native'], [], '', undefined]) {
        await expectUnknown(signed(own, { ...claims, aud }));
      }
    });

    it('never given: no session has it', async () => {
      const never = { userId: claims.sub, surface: 'backup-repository', claims: { login: 'some-user' } };
      const expiresAt = claims.exp * SECOND;
      for (const grantId of [randomUUID(), claims.sid]) {
        await expectUnknown(await server.get(AccessTokens).sign({ ...never, grantId, expiresAt }));
      }
    });

    it('in the name of the session of somebody else', async () => {
      const root = await login(server, 'root');
      const { sid, sub } = decode(root.token.split('.')[1]!) as AccessClaims;
      for (const said of [{ sid }, { sub }, { sid, sub }, { sid, sub, login: 'root' }]) {
        await expectUnknown(signed(own, { ...claims, jti: randomUUID(), ...said }));
      }
      expect((await whoami(server, root.token)).status).toBe(200);
    });

    it('with an algorithm that we should understand', async () => {
      await expectUnknown(signed(own, { ...claims, jti: randomUUID() }, { crit: ['exp'] }));
    });

    /** Refused, as forged or as no longer known: the text of the refusal gives nothing away. */
    async function expectUnknown(presented: string): Promise<void> {
      expect(presented).not.toBe(token);
      const answer = await whoami(server, presented);
      expect([FORGED, REVOKED]).toContainEqual({ status: answer.status, body: answer.body as unknown });
      await expectRefused(presented, { status: answer.status });
    }
  });

  it('none of them has told what it tried in the log', () => {
    expect(server.log()).not.toContain(signature);
    expect(server.log()).toContain(`"${AUTH}/whoami"`);
  });

  // Last: from here on the token of the others has expired too.
  it('a token that was given ends with its time', async () => {
    const { token: given, expire } = await login(server, 'some-user');
    server.clock.advance(Date.parse(expire) - server.clock.now() - 30 * SECOND);
    expect((await whoami(server, given)).status).toBe(200);
    server.clock.advance(30 * SECOND);
    await expectRefused(given, EXPIRED);
  });
});
