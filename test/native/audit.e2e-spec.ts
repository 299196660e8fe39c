import { SYSTEM_ACTOR, type Actor } from '../../src/common/actor.js';
import { SECOND } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Audit } from '../../src/audit/audit.service.js';
import { bearer, faultyFields, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, type SignedIn } from '../support/api-keys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

const NOBODY = '0190aaaa-0000-7000-8000-000000000000';
const WORKER: Actor = {
  principal: { kind: 'service', name: 'worker', level: 'admin' },
  address: '192.0.2.7',
  userAgent: '',
  requestId: 'request-7',
  surface: 'open-loyalty',
};

describe('GET /v1/audit', () => {
  let server: TestGatehouse;
  let admin: SignedIn;
  let from: string;

  beforeAll(async () => {
    server = await startTestGatehouse();
    admin = await makeSignedIn(server, { email: 'admin@example.com', level: 'admin' });
    server.clock.advance(SECOND);
    from = new Date(server.clock.now()).toISOString();
    for (const objectId of ['1', '2', '3']) {
      await record(WORKER, { kind: 'key.revoked', userId: NOBODY, objectId });
    }
    await record(SYSTEM_ACTOR, { kind: 'user.enabled', userId: NOBODY });
  });
  afterAll(() => server.stop());

  const record = (actor: Actor, fact: Parameters<Audit['record']>[2]) =>
    server.get(UnitOfWork).run((tx) => server.get(Audit).record(tx, actor, fact));
  const ask = (query: string, headers = bearer(admin.token)) => server.api.get(`/v1/audit?${query}`, headers);
  const found = async (query: string) => {
    const { body } = await ask(query);
    return (body.items as { kind: string; objectId: string | null }[]).map(({ kind, objectId }) =>
      [kind, objectId].filter(Boolean).join(' '),
    );
  };
  const KEYS = ['key.revoked 3', 'key.revoked 2', 'key.revoked 1'];

  it('tells who did what to whom, when and from where', async () => {
    const answer = await ask(`actor=worker&limit=1`);
    expect(outcome(answer)).toEqual({
      status: 200,
      body: {
        items: [
          {
            id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
            at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
            kind: 'key.revoked',
            actorKind: 'service',
            actorId: 'worker',
            userId: NOBODY,
            objectId: '3',
            address: '192.0.2.7',
            requestId: 'request-7',
            surface: 'open-loyalty',
          },
        ],
        nextCursor: answer.body.items[0].id,
      },
    });
  });

  it('finds by user, actor, kind and time, newest first', async () => {
    expect(await found(`user=${NOBODY}`)).toEqual(['user.enabled', ...KEYS]);
    expect(await found('actor=worker')).toEqual(KEYS);
    expect(await found(`actor=${admin.uid.toUpperCase()}`)).toEqual(await found(`actor=${admin.uid}`));
    expect(await found(`actor=${admin.uid.toUpperCase()}`)).not.toEqual([]);
    expect(await found(`user=${NOBODY.toUpperCase()}`)).toEqual(await found(`user=${NOBODY}`));
    expect(await found(`kind=user.enabled&user=${NOBODY}`)).toEqual(['user.enabled']);
    expect(await found(`from=${from}`)).toEqual(['user.enabled', ...KEYS]);
    expect(await found(`to=${from}&user=${NOBODY}`)).toEqual([]);
    expect(await found(`to=${from}&user=${admin.uid}`)).toEqual([
      expect.stringMatching(/^session\.opened /),
      'user.registered',
    ]);
  });

  it('goes on where a page ended', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await ask(`user=${NOBODY}&limit=3${cursor}`);
      seen.push(...(body.items as { kind: string }[]).map(({ kind }) => kind));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(['user.enabled', 'key.revoked', 'key.revoked', 'key.revoked']);
    expect(outcome(await ask(`cursor=${NOBODY}`))).toEqual({
      status: 200,
      body: { items: [], nextCursor: null },
    });
  });

  it('says what is wrong with a query', async () => {
    const answer = await ask('user=x&kind=x&from=x&to=2026&limit=0&cursor=x');
    expect(answer.status).toBe(400);
    expect(faultyFields(answer).sort()).toEqual(['cursor', 'from', 'kind', 'limit', 'to', 'user']);
  });

  it('is for administrators in a session of their own', async () => {
    const manager = await makeSignedIn(server, { email: 'manager@example.com', level: 'manager' });
    const { secret } = await makeKey(server, admin);
    const statusOf = async (headers: Record<string, string>) => (await ask('', headers)).status;
    expect(await statusOf(bearer(admin.token))).toBe(200);
    expect(await statusOf(bearer(manager.token))).toBe(403);
    expect(await statusOf(keyHeader(secret))).toBe(403);
    expect(await statusOf({})).toBe(401);
  });
});
