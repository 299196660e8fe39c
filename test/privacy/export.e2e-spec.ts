import { once } from 'node:events';
import { jest } from '@jest/globals';
import { AuditSealer } from '../../src/audit/audit-sealer.service.js';
import { PersonalData } from '../../src/database/personal-data.service.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { answerFaults } from '../support/answer-faults.js';
import { bearer, outcome } from '../support/api.js';
import { keyHeader, makeKey, makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { fingerprintOf } from '../support/database-fingerprint.js';
import { startTestGatehouse, PUBLIC_URL, type TestGatehouse } from '../support/gatehouse.js';
import { ApiDescription } from '../support/openapi.js';
import { queryDatabase, tablesOf } from '../support/raw-database.js';
import { openRequest } from '../support/raw-request.js';
import { NOT_TOLD, refersToSomebody, TOLD } from './tables.js';
import { ADDRESS, makeWholePerson, type WholePerson } from './whole-person.js';

const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as string;
const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string;
const EMAIL = 'ada@whole.example';
const PHONE = '+48500100301';
const MANY = 3_000;

describe('GET /v1/me/export', () => {
  let server: TestGatehouse;
  let ada: WholePerson;
  let body: Record<string, unknown>;
  let text: string;

  beforeAll(async () => {
    server = await startTestGatehouse();
    ada = await makeWholePerson(server, EMAIL, PHONE);
    const answer = await server.api.get('/v1/me/export', ada.headers);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="gatehouse-\d{4}-\d\d-\d\d\.json"$/,
    );
    body = answer.body as Record<string, unknown>;
    text = JSON.stringify(body);
  }, 60_000);
  afterAll(() => server.stop());

  it('tells everything that is kept of him', () => {
    const from = { address: '127.0.0.1', userAgent: expect.any(String) as string };
    const used = { createdAt: TIME, lastUsedAt: TIME };
    const session = {
      ...{
        id: ID,
        clientId: null,
        scope: expect.any(Array) as unknown,
        description: expect.any(String) as string,
      },
      ...{ ...from, ...used, authenticatedAt: TIME, expiresAt: TIME },
      ...{ endedAt: null, endReason: null, wasEndedWithAll: false },
    };
    const at = (surface: string) => ({ ...session, surface });
    const invited = { createdAt: TIME, expiresAt: TIME };
    expect(body).toEqual({
      exportedAt: TIME,
      user: {
        ...{
          id: ada.uid,
          type: 'customer',
          level: 'member',
          state: 'active',
          email: EMAIL,
          username: expect.stringMatching(/^person-\d+$/) as string,
        },
        ...{ phone: PHONE, card: null, firstName: 'Augusta', lastName: 'Kingsbury', locale: null },
        ...{
          address: ADDRESS,
          zipCode: 'SW1',
          emailConfirmedAt: TIME,
          hasPassword: true,
          passwordChangedAt: TIME,
        },
        ...{ emailNotifications: true, unsubscribedFrom: [], roles: [], roleId: null, permissions: [] },
        ...{ networks: [], acceptedTermsAt: null, createdAt: TIME, updatedAt: TIME },
      },
      account: {
        ...{ id: expect.any(Number) as number, name: expect.any(String) as string, description: '' },
        ...{ displayName: expect.any(String) as string, avatar: `${PUBLIC_URL}/media/${ada.image}` },
        profileCover: null,
      },
      profiles: [
        {
          ...{ id: ID, kind: 'artist', name: 'The Analytical Engines', details: { genre: 'jazz' } },
          ...{ createdAt: TIME, updatedAt: TIME },
        },
      ],
      sessions: [
        { ...at('gemini'), clientId: expect.any(String) as string },
        at('romeo'),
        at('concrete-datastore'),
        { ...at('native'), userAgent: 'Firefox/100' },
        at('native'),
      ],
      guestSessions: [{ surface: 'romeo', ...from, ...used }],
      permanentKeys: [
        {
          ...{
            id: ID,
            name: 'For the engine',
            hint: expect.stringMatching(/^.{4}$/) as string,
            surface: 'native',
          },
          ...{ level: 'member', networks: [], createdAt: TIME, lastUsedAt: null },
          ...{ expiresAt: null, endedAt: null },
        },
      ],
      secondFactors: [
        { kind: 'app', address: null, addedAt: TIME, confirmedAt: TIME },
        { kind: 'email', address: EMAIL, addedAt: TIME, confirmedAt: TIME },
      ],
      recoveryCodes: { left: 10, createdAt: TIME },
      passkeys: [
        {
          ...{ id: ID, name: 'Telephone', isBackedUp: expect.any(Boolean) as boolean },
          ...{ createdAt: TIME, lastUsedAt: null },
        },
      ],
      trustedDevices: [{ id: ID, ...from, ...used, expiresAt: TIME }],
      knownBrowsers: [
        { firstSeenAt: TIME, lastSeenAt: TIME },
        { firstSeenAt: TIME, lastSeenAt: TIME },
      ],
      linkedIdentities: [
        {
          ...{ id: ID, provider: 'elsewhere', issuer: 'https://elsewhere.example', label: 'augusta' },
          ...{ subject: `subject-${PHONE}`, linkedAt: '2026-01-01T00:00:00.000Z' },
        },
      ],
      videos: [
        {
          ...{ id: expect.any(Number) as number, createdAt: TIME },
          collaborators: [
            { email: `friend-of-${EMAIL}`, name: 'Mary Somerville', permissions: [], ...invited },
          ],
        },
      ],
      invitations: [
        { videoId: expect.any(Number) as number, name: 'Paul Egan', permissions: [], ...invited },
      ],
      mails: [
        ['collaborator-invitation', EMAIL],
        ['collaborator-invitation', `friend-of-${EMAIL}`],
        ['reset-password', EMAIL],
        ['new-sign-in', EMAIL],
        ['factor-changed', EMAIL],
        ['factor-changed', EMAIL],
        ['factor-changed', EMAIL],
      ].map(([kind, recipient]) => ({
        ...{ kind, recipient, state: expect.stringMatching(/^(sent|pending)$/) as string },
        ...{ writtenAt: TIME, sentAt: expect.anything() as string },
      })),
      mailedLinks: [
        {
          ...{ purpose: 'set-password', address: EMAIL, createdAt: TIME, expiresAt: TIME, usedAt: null },
        },
      ],
      manifests: [{ kind: 'User', name: expect.stringMatching(/^person-\d+$/) as string, appliedAt: TIME }],
      auditEvents: expect.any(Array) as unknown,
    });
    const events = body['auditEvents'] as { kind: string; isOwn: boolean; objectId: string | null }[];
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['user.registered', 'session.opened', 'factor.added', 'key.created']),
    );
    for (const event of events) {
      expect(event).toEqual({
        ...{ id: ID, at: TIME, kind: expect.any(String) as string, isOwn: event.isOwn },
        objectId: event.objectId === null ? null : (expect.any(String) as string),
        ...(event.isOwn
          ? { address: '127.0.0.1', surface: expect.any(String) as string }
          : { address: null, surface: null }),
      });
    }
  });

  it('is as it is described', async () => {
    const api = await ApiDescription.of(server);
    expect(answerFaults(api, api.answer('GET', '/v1/me/export', 200), body)).toEqual([]);
    expect(api.answer('GET', '/v1/users/:id/export', 200)).toEqual(api.answer('GET', '/v1/me/export', 200));
  });

  it('holds none of his secrets, and no digest', async () => {
    expect(ada.secrets.tracesIn(text)).toEqual([]);
    const secretColumn = /digest|hash|secret|public_key|credential_id|content|mac$/;
    const kept: string[] = [];
    for (const table of await tablesOf(server.database)) {
      for (const row of await queryDatabase(server.database, `SELECT * FROM "${table}"`)) {
        for (const [column, value] of Object.entries(row)) {
          if (secretColumn.test(column) && typeof value === 'string' && value.length > 8) kept.push(value);
        }
      }
    }
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.filter((value) => text.includes(value))).toEqual([]);
  });

  it('tells of every table that refers to somebody, or it is said why not', async () => {
    const referring: string[] = [];
    for (const table of await tablesOf(server.database)) {
      if (await refersToSomebody(server.database, table)) referring.push(table);
    }
    expect(referring.sort()).toEqual([...Object.keys(TOLD), ...Object.keys(NOT_TOLD)].sort());
    const sections = server.get(PersonalData).allSections();
    expect(Object.values(TOLD).filter((name) => !sections.some((one) => one.name === name))).toEqual([]);
    const empty = Object.values(TOLD).filter((name) => ['[]', 'null'].includes(JSON.stringify(body[name])));
    expect(empty).toEqual([]);
  });

  it('writes nothing', async () => {
    await server.get(AuditSealer).seal();
    const before = await fingerprintOf(server.database);
    expect((await server.api.get('/v1/me/export', ada.headers)).status).toBe(200);
    expect((await server.api.send('HEAD', '/v1/me/export', undefined, ada.headers)).status).toBe(200);
    expect(await fingerprintOf(server.database)).toEqual(before);
  });

  describe('of somebody with very many sessions', () => {
    let bob: SignedIn;

    beforeAll(async () => {
      bob = await makeSignedIn(server, { email: 'bob@whole.example' });
      const [one] = await server
        .get(Reader)
        .query<{ id: string }>(sql`SELECT id FROM grants WHERE user_id = ${bob.uid}`);
      const ids = Array.from(
        { length: MANY },
        (_, n) => `0190cccc-0000-7000-8000-${String(n).padStart(12, '0')}`,
      );
      await server.get(UnitOfWork).run(async (tx) => {
        for (const id of ids) {
          await tx.execute(
            sql`INSERT INTO grants (id, user_id, surface, kind, scope, epoch, created_at, authenticated_at, expires_at,
                  last_used_at, address, user_agent, description)
                SELECT ${id}, user_id, surface, kind, scope, epoch, created_at, authenticated_at, expires_at,
                  last_used_at, address, ${'x'.repeat(250)}, description FROM grants WHERE id = ${one!.id}`,
          );
        }
      });
    }, 60_000);

    it('is whole', async () => {
      const answer = await server.api.get('/v1/me/export', bearer(bob.token));
      const { sessions } = answer.body as { sessions: { id: string }[] };
      expect(new Set(sessions.map(({ id }) => id)).size).toBe(MANY + 1);
    });

    /** Opens one, and answers how many rows of sessions were asked for once it is over. */
    async function broken(after: (request: ReturnType<typeof openRequest>) => unknown) {
      const sections = server.get(PersonalData).allSections();
      const section = sections.find(({ name }) => name === 'sessions')!;
      if (!('page' in section)) throw new Error('No list');
      const page = jest.spyOn(section, 'page');
      const request = openRequest(server, 'GET', '/v1/me/export', bearer(bob.token));
      request.end();
      const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
      try {
        await after(request);
        let received = '';
        const end = await new Promise<string>((resolve) => {
          response.on('data', (chunk) => (received += String(chunk)));
          response.once('end', () => resolve('end'));
          response.once('error', () => resolve('error'));
        });
        return { end, received, pages: page.mock.calls.length };
      } finally {
        page.mockRestore();
      }
    }

    it('is cut off visibly when it cannot be finished', async () => {
      const sections = server.get(PersonalData).allSections();
      const section = sections.find(({ name }) => name === 'auditEvents')!;
      if (!('page' in section)) throw new Error('No list');
      // Built before sessions are read, and so met at the end or in the middle, never before the first byte.
      const fails = jest.spyOn(section, 'page').mockRejectedValue(new Error('the disk is on fire'));
      try {
        const { end, received } = await broken(() => undefined);
        expect(end).toBe('error');
        expect(() => JSON.parse(received) as unknown).toThrow();
      } finally {
        fails.mockRestore();
      }
      expect(server.log()).toContain('An export was broken off');
    });

    it('is read no further when the caller hangs up', async () => {
      const { pages } = await broken((request) => request.destroy());
      expect(pages).toBeLessThan(MANY / 250);
    });
  });

  it('is for who has just signed in himself', async () => {
    const key = await makeKey(server, { token: ada.headers['authorization']!.slice('Bearer '.length) });
    expect((await server.api.get('/v1/me/export', keyHeader(key.secret))).status).toBe(403);
    server.clock.advance(16 * 60_000);
    expect(outcome(await server.api.get('/v1/me/export', ada.headers))).toEqual(
      problem(403, 'reauthentication-required'),
    );
  });
});
