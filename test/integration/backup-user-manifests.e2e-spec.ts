import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplyManifests } from '../../src/manifests/apply-manifests.service.js';
import { ManifestsFaulty } from '../../src/manifests/manifest-faults.js';
import { bearer, type Answer } from '../support/api.js';
import { encodedPassword } from '../support/backup-users.js';
import { createDataDir, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { queryDatabase } from '../support/raw-database.js';

const ADMIN =
  'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTEscD00JHpuVy9IT2Y4Q3RkdStvNSttYlR2REE9PSRaZlVpRGl2QWV2T2RZNndKYWJBb0FQdmM1a1hsemxDNkg2OFY2dGVmNUY0PQ==';
const OWN = 'correct horse battery';

type Spec = Record<string, unknown>;
type Document = Record<string, unknown>;

const user = (name: string, spec: Spec): Document => ({
  apiVersion: 'gatehouse/v1',
  kind: 'User',
  metadata: { name },
  spec,
});
const backupUser = (name: string, spec: Spec = {}): Document => ({
  apiVersion: 'backups.riotkit.org/v1alpha1',
  kind: 'BackupUser',
  metadata: { name, namespace: 'backups' },
  spec: {
    email: `${name}@riseup.net`,
    passwordFromRef: { name: 'passwords', entry: 'a.dm*n' },
    roles: [],
    ...spec,
  },
});
const secret = (data: Record<string, string> = {}): Document => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'passwords' },
  type: 'Opaque',
  data: { 'a.dm*n': ADMIN, ...data },
});

describe('manifests of kind BackupUser', () => {
  const folder = createDataDir();
  let server: TestGatehouse;

  beforeAll(async () => {
    declare(backupUser('root', { roles: ['systemAdmin'] }), secret());
    // The documented hash has one pass: one that asks for two finds it outdated.
    server = await startTestGatehouse({ MANIFESTS_DIR: folder, HASH_TIME_COST: '2' });
  });
  afterAll(() => server.stop());

  function declare(...documents: Document[]): void {
    writeFileSync(join(folder, 'all.yaml'), documents.map((one) => JSON.stringify(one)).join('\n---\n'));
  }
  const apply = () => server.get(ApplyManifests).apply();
  const applied = (...documents: Document[]) => {
    declare(...documents);
    return apply();
  };
  const rows = async () => ({
    users: await queryDatabase(server.database, 'SELECT * FROM users ORDER BY id'),
    identifiers: await queryDatabase(server.database, 'SELECT * FROM user_identifiers ORDER BY value'),
    declarations: await queryDatabase(server.database, 'SELECT * FROM declarations ORDER BY kind, name'),
    fence: await queryDatabase(server.database, 'SELECT * FROM fence'),
  });
  const rowOf = async (name: string) =>
    (await queryDatabase(server.database, `SELECT * FROM users WHERE username = '${name}'`))[0];

  const login = (username: string, password = 'admin'): Promise<Answer> =>
    server.api.post('/api/stable/auth/login', { username, password });
  async function signedIn(username: string, password?: string): Promise<string> {
    const answer = await login(username, password);
    expect(answer).toMatchObject({ status: 200 });
    return answer.body.data.token as string;
  }
  const whoami = (token: string) => server.api.get('/api/stable/auth/whoami', bearer(token));
  const permissionsOf = async (token: string) => (await whoami(token)).body.data.permissions as string[];
  const users = (token: string) => server.api.get('/v1/users', bearer(token));

  /** The faults of a set, of which nothing may have been applied. */
  async function faultsOf(...documents: Document[]): Promise<string[]> {
    const before = await rows();
    const error = await applied(...documents).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ManifestsFaulty);
    expect(await rows()).toEqual(before);
    return (error as ManifestsFaulty).message.split('\n');
  }

  it('lets the documented fixture sign in, and hashes it again as strongly as asked for', async () => {
    declare(backupUser('fixture', { roles: ['collectionManager', 'usersManager'] }), secret());
    expect(await apply()).toEqual({
      created: [
        {
          kind: 'BackupUser',
          name: 'fixture',
          fields: ['roles', 'deactivated', 'email', 'restrictByIP', 'password'],
        },
      ],
      changed: [],
      unchanged: [],
    });
    expect((await rowOf('fixture'))?.['password_hash']).toMatch(/^\$argon2id\$v=19\$m=65536,t=1,p=4\$/);
    expect((await login('fixture', 'Admin')).status).toBe(401);
    const token = await signedIn('fixture');
    const replaced = (await rowOf('fixture'))?.['password_hash'];
    expect(replaced).toMatch(/^\$argon2id\$v=19\$m=64,t=2,p=1\$/);
    expect((await whoami(token)).body.data).toMatchObject({
      email: 'fixture@riseup.net',
      permissions: ['collectionManager', 'usersManager'],
    });

    // Unchanged, it leaves the better hash and the session alone.
    expect(await apply()).toMatchObject({ changed: [], unchanged: [{ name: 'fixture' }] });
    expect((await rowOf('fixture'))?.['password_hash']).toBe(replaced);
    expect((await whoami(token)).status).toBe(200);
    expect(await rowOf('fixture')).toMatchObject({ type: 'admin', level: 'admin' });
    expect((await rowOf('fixture'))?.['email_confirmed_at']).not.toBeNull();
  });

  it('lists roles as declared and in that order, and gives the level at once', async () => {
    const ranked = (...roles: string[]) => applied(backupUser('ranked', { roles }), secret());
    await ranked('uploadsAnytime', 'backupUploader');
    const token = await signedIn('ranked');
    expect(await permissionsOf(token)).toEqual(['uploadsAnytime', 'backupUploader']);
    expect((await users(token)).status).toBe(403);

    const report = await ranked('backupUploader', 'collectionManager', 'uploadsAnytime');
    expect(report?.changed).toEqual([{ kind: 'BackupUser', name: 'ranked', fields: ['roles'] }]);
    expect(await permissionsOf(token)).toEqual(['backupUploader', 'collectionManager', 'uploadsAnytime']);
    expect((await users(token)).status).toBe(200);

    await ranked('uploadsAnytime', 'collectionManager', 'backupUploader');
    expect(await permissionsOf(token)).toEqual(['uploadsAnytime', 'collectionManager', 'backupUploader']);
    await ranked();
    expect(await permissionsOf(token)).toEqual([]);
    expect((await users(token)).status).toBe(403);
  });

  it('ends the sessions of whom it deactivates, and lets him in again without them', async () => {
    const off = (deactivated?: boolean, roles = ['usersManager']) =>
      applied(
        backupUser('leaver', { roles, ...(deactivated === undefined ? {} : { deactivated }) }),
        secret(),
      );
    await off(false);
    const token = await signedIn('leaver');
    expect((await off(true))?.changed[0]?.fields).toEqual(['deactivated']);
    expect((await whoami(token)).status).toBe(403);
    expect((await users(token)).status).toBe(401);
    expect((await login('leaver')).status).toBe(401);
    // Another field of one who is deactivated does not let him in.
    await off(true, ['systemAdmin']);
    expect((await login('leaver')).status).toBe(401);
    // Taken out of the document, he is not deactivated.
    await off();
    expect((await whoami(token)).status).toBe(403);
    await signedIn('leaver');
  });

  it('is there deactivated from the start', async () => {
    await applied(backupUser('never', { deactivated: true }), secret());
    expect((await login('never')).status).toBe(401);
    expect(await rowOf('never')).toMatchObject({ state: 'blocked', level: 'member' });
  });

  it('enforces restrictByIP at sign-in and at every request', async () => {
    const from = (...restrictByIP: string[]) => applied(backupUser('bound', { restrictByIP }), secret());
    await from('127.0.0.1/32', '10.0.0.0/8');
    const token = await signedIn('bound');
    expect((await whoami(token)).status).toBe(200);
    expect((await from('1.2.3.4'))?.changed[0]?.fields).toEqual(['restrictByIP']);
    expect((await whoami(token)).status).toBe(403);
    expect((await server.api.get('/v1/me', bearer(token))).status).toBe(401);
    expect((await login('bound')).status).toBe(401);
    await from('1.2.3.4', '127.0.0.0/8');
    expect((await whoami(token)).status).toBe(200);
    await from();
    expect((await rowOf('bound'))?.['networks']).toBe('[]');
  });

  it('ends the sessions of whose password changed in the Secret, and of nobody else', async () => {
    const own = { passwordFromRef: { name: 'passwords', entry: 'own' } };
    const other = await encodedPassword(OWN);
    await applied(backupUser('mover', own), backupUser('stayer'), secret({ own: ADMIN }));
    const [moved, stayed] = [await signedIn('mover'), await signedIn('stayer')];
    const report = await applied(backupUser('mover', own), backupUser('stayer'), secret({ own: other }));
    expect(report).toMatchObject({
      created: [],
      changed: [{ name: 'mover', fields: ['password'] }],
      unchanged: [{ name: 'stayer' }],
    });
    expect((await whoami(moved)).status).toBe(403);
    expect((await whoami(stayed)).status).toBe(200);
    expect((await login('mover')).status).toBe(401);
    await signedIn('mover', OWN);
    // The same value in the document itself is the same password.
    const inline = backupUser('mover', { passwordFromRef: undefined, password: other });
    expect(await applied(inline, secret())).toMatchObject({ changed: [], unchanged: [{ name: 'mover' }] });
  });

  describe('beside kind User', () => {
    it('shares identifiers with it: nothing is applied of a set in which two have the same', async () => {
      expect(
        await faultsOf(
          user('sound', { password: OWN }),
          user('twin', { email: 'other@riseup.net' }),
          backupUser('TWIN'),
          backupUser('other'),
          secret(),
        ),
      ).toEqual([
        'all.yaml document 3 metadata.name: is the same identifier as that of all.yaml document 2 metadata.name',
        'all.yaml document 4 spec.email: is the same identifier as that of all.yaml document 2 spec.email',
      ]);
    });

    it('is applied with it in one unit: an identifier that is taken undoes both', async () => {
      await applied(user('owner', { email: 'owned@example.org', password: OWN }));
      expect(
        await faultsOf(
          user('innocent', { password: OWN }),
          backupUser('thief', { email: 'owned@example.org' }),
          secret(),
        ),
      ).toEqual([
        'all.yaml document 2: a name, e-mail address, phone or card declared here belongs to another user already',
      ]);
    });

    it('takes a user over from it, and gives him back, each time whole', async () => {
      const asUser = user('shared', {
        type: 'admin',
        level: 'superuser',
        email: 'shared@example.org',
        password: OWN,
      });
      await applied(asUser);
      const first = await signedIn('shared', OWN);
      expect(await permissionsOf(first)).toEqual(['systemAdmin']);

      const asBackupUser = backupUser('shared', { roles: ['backupUploader'], restrictByIP: ['127.0.0.1'] });
      expect((await applied(asBackupUser, secret()))?.changed).toHaveLength(1);
      expect((await whoami(first)).status).toBe(403);
      const second = await signedIn('shared');
      expect(await permissionsOf(second)).toEqual(['backupUploader']);

      expect((await applied(asUser))?.changed).toHaveLength(1);
      expect((await whoami(second)).status).toBe(403);
      expect(await permissionsOf(await signedIn('shared', OWN))).toEqual(['systemAdmin']);
      expect(await rowOf('shared')).toMatchObject({ level: 'superuser', roles: '[]', networks: '[]' });
      expect(await applied(asUser)).toMatchObject({ changed: [] });
    });
  });

  it('refuses a set with a broken reference, and tells each beside all other faults', async () => {
    expect(
      await faultsOf(
        user('sound', { password: OWN, level: 'king' }),
        backupUser('one', { passwordFromRef: { name: 'nothing', entry: 'a.dm*n' } }),
        backupUser('two', { passwordFromRef: { name: 'passwords', entry: 'a' } }),
        backupUser('three', { passwordFromRef: { name: 'passwords', entry: 'plain' } }),
        backupUser('four', { roles: ['usermanager'] }),
        secret({ plain: 'admin' }),
      ),
    ).toEqual([
      expect.stringMatching(/^all\.yaml document 1 spec\.level: /),
      'all.yaml document 2 spec.passwordFromRef.name: names a Secret that is not declared',
      'all.yaml document 3 spec.passwordFromRef.entry: names an entry that the Secret does not have',
      expect.stringMatching(
        /^all\.yaml document 4 spec\.passwordFromRef\.entry: names an entry that is not base64/,
      ),
      expect.stringMatching(/^all\.yaml document 5 spec\.roles\.0: must be one of /),
    ]);
  });

  describe('planned', () => {
    const plan = () => server.get(ApplyManifests).plan();

    it('tells what would be done, does nothing, and is then done as told', async () => {
      await applied(backupUser('steady'), backupUser('planned', { roles: ['usersManager'] }), secret());
      const token = await signedIn('planned');
      declare(
        backupUser('steady'),
        backupUser('planned', {
          roles: [],
          deactivated: true,
          passwordFromRef: undefined,
          password: await encodedPassword(OWN),
        }),
        backupUser('fresh'),
        user('fresh-too', { password: OWN }),
        secret(),
      );
      const before = await rows();
      const planned = await plan();
      expect(planned).toMatchObject({
        created: [
          { kind: 'User', name: 'fresh-too', fields: ['type', 'level', 'password'] },
          { kind: 'BackupUser', name: 'fresh' },
        ],
        changed: [{ kind: 'BackupUser', name: 'planned', fields: ['roles', 'deactivated', 'password'] }],
        unchanged: [{ kind: 'BackupUser', name: 'steady' }],
      });
      expect(JSON.stringify(planned)).not.toContain(OWN);
      expect(await rows()).toEqual(before);
      expect((await whoami(token)).status).toBe(200);

      expect(await apply()).toEqual(planned);
      expect((await whoami(token)).status).toBe(403);
    });

    it('tells of an identifier that is somebody else’s', async () => {
      await applied(user('first', { email: 'first@example.org' }));
      declare(backupUser('second', { email: 'first@example.org' }), secret());
      const before = await rows();
      await expect(plan()).rejects.toThrow('belongs to another user already');
      expect(await rows()).toEqual(before);
    });
  });

  it('logs no password and no hash', () => {
    expect(server.log()).not.toContain(ADMIN);
    expect(server.log()).not.toContain('$argon2id$v');
    expect(server.log()).not.toContain(OWN);
  });
});
