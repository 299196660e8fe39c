import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplyManifests } from '../../src/manifests/apply-manifests.service.js';
import { KeyRing } from '../../src/secrets/key-ring.js';
import { bearer } from '../support/api.js';
import { dumpDatabase, tracesOf } from '../support/database-dump.js';
import { PASSWORD } from '../support/declared-people.js';
import { createDataDir, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';
import {
  askToken,
  basic,
  createUser,
  CREATE,
  createBody,
  TOKEN,
  tokenBody,
} from '../surfaces/gemini/requests.js';

const ID = 'city-app';
const FIRST = 'city-app-secret-0123456789';
const NEXT = 'the-next-secret-9876543210';
const MISTYPED = 'mistyped-secret-5555555555';
const GUESSED = 'a-guessed-horse-4444444444';

/** Secrets of clients, of their users and of their tokens, at rest and in the log (contract 3.2, 3.11). */
describe('secrets of document 000', () => {
  const folder = createDataDir();
  let server: TestGatehouse;

  const write = (secrets: readonly string[], name = ID) => {
    const spec = { secrets, grants: ['password'], scopes: ['profile', 'performer', 'venue'] };
    const document = { apiVersion: 'gatehouse/v1', kind: 'OAuthClient', metadata: { name }, spec };
    writeFileSync(join(folder, `${name}.yaml`), JSON.stringify(document));
  };

  beforeAll(async () => {
    write([FIRST]);
    write([FIRST], 'twin');
    server = await startTestGatehouse({ MANIFESTS_DIR: folder, LOG_LEVEL: 'trace' });
  });
  afterAll(() => server.stop());

  const digests = async (client: string) =>
    (
      await queryDatabase(server.database, `SELECT digest FROM client_secrets WHERE client_id = '${client}'`)
    ).map(({ digest }) => String(digest));

  it('are kept of a client as an HMAC under SECRET_KEY, another one for each client', async () => {
    const keys = server.get(KeyRing);
    expect(await digests(ID)).toEqual([keys.mac(`client secret of ${ID}`, FIRST)]);
    expect(await digests('twin')).toEqual([keys.mac('client secret of twin', FIRST)]);
    expect(await digests('twin')).not.toEqual(await digests(ID));
  });

  it('stand nowhere in the database, nor in the log, whatever is done with them', async () => {
    const user = await createUser(server, 'ada@example.com');
    const form = new URLSearchParams({ ...tokenBody(user.email), client_id: ID, client_secret: FIRST });
    const given = await server.api.send('POST', TOKEN, form);
    const again = await askToken(server, user.email, {}, { authorization: `Bearer: ${user.token}` });
    expect([given.status, again.status]).toEqual([201, 201]);
    const refused = [
      await askToken(server, user.email, {}, basic(ID, MISTYPED)),
      await askToken(server, user.email, { password: GUESSED }),
      await server.api.post(TOKEN, tokenBody(user.email, { client_id: ID, client_secret: MISTYPED })),
      await server.api.post(`${TOKEN}?client_id=${ID}&client_secret=${MISTYPED}`, {}),
      await server.api.post(CREATE, createBody('x', { password: GUESSED }), basic()),
      await server.api.post(TOKEN, `{"client_secret":"${MISTYPED}`, { 'content-type': 'application/json' }),
      await server.api.get(`/api/users/${user.id}`, bearer(`${user.token.slice(1)}0`)),
    ];
    for (const { status } of refused) expect([400, 401]).toContain(status);
    write([NEXT, FIRST]);
    await server.get(ApplyManifests).apply();
    expect((await askToken(server, user.email, {}, basic(ID, NEXT))).status).toBe(201);
    expect(await digests(ID)).toHaveLength(2);

    const tokens = [user.token, ...[given, again].map(({ body }) => String(body.access_token))];
    const secrets = [FIRST, NEXT, MISTYPED, GUESSED, PASSWORD, ...tokens];
    const header = (secret: string) => basic(ID, secret).authorization!.slice('Basic '.length);
    const texts = [...secrets, ...[FIRST, NEXT, MISTYPED].map(header)];
    const dump = await dumpDatabase(server.database);
    for (const place of [dump, server.log()]) {
      expect(texts.filter((text) => tracesOf(text, place).length > 0)).toEqual([]);
    }
    const plainDigests = [FIRST, NEXT].map((text) => createHash('sha256').update(text).digest('hex'));
    expect(plainDigests.filter((text) => dump.includes(text))).toEqual([]);
  });

  it('are searched for in what there is: the search can fail', async () => {
    expect(tracesOf(ID, await dumpDatabase(server.database))).toContain('bytes');
    expect(server.log()).toContain('"route":"/api/oauth/token"');
  });

  it('of a client come out of no answer', async () => {
    for (const path of ['/v1/me', '/api/oauth/token', '/docs', '/health/ready']) {
      expect(JSON.stringify((await server.api.get(path, basic())).body)).not.toContain(FIRST);
    }
  });
});
