import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { HOUR, MINUTE } from '../../../src/common/clock.js';
import { sql } from '../../../src/database/sql.js';
import { UnitOfWork } from '../../../src/database/unit-of-work.js';
import { Janitor } from '../../../src/janitor/janitor.service.js';
import { newMediaName } from '../../../src/media/media-name.js';
import { MediaStorage } from '../../../src/media/media-storage.js';
import { RecodeImage } from '../../../src/media/recode-image.service.js';
import { outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { picture } from '../../support/images.js';
import { declareClient } from '../../support/oauth-clients.js';
import { queryDatabase } from '../../support/raw-database.js';
import { createUser } from '../gemini/requests.js';
import { accountOf, fetchImage, mediaFiles, newVisitor, pathOf, upload, visit } from './visitors.js';

const GONE = { status: 404, body: { message: 'Not Found', status: 404 } };

describe('document 002, the files of images', () => {
  let server: TestGatehouse;
  let image: Buffer;
  let people = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    image = await picture('png');
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => server.stop());

  const freshEmail = () => `files-${(people += 1)}@example.org`;
  const newcomer = () => newVisitor(server, freshEmail());
  const tidy = () => server.get(Janitor).tidy();
  const rows = async () =>
    (await queryDatabase(server.database, 'SELECT name FROM media ORDER BY name')).map(({ name }) => name);
  /** Every file has its row and every row its file. */
  const expectFiles = async (names: readonly string[]) => {
    expect(mediaFiles(server)).toEqual([...names].sort());
    expect(await rows()).toEqual([...names].sort());
  };
  const namesOf = (...addresses: (string | null)[]) =>
    addresses.flatMap((address) => (address ? [pathOf(address).slice('/media/'.length)] : []));

  it('go when another takes their place, and only they', async () => {
    const ada = await newcomer();
    const first = (await upload(server, ada, { avatar: image, profile_cover: image })).body;
    const second = (await upload(server, ada, { avatar: image })).body;
    expect(second.profile_cover).toBe(first.profile_cover);
    await expectFiles(namesOf(second.avatar, second.profile_cover));
    expect(outcome(await server.api.get(pathOf(first.avatar)))).toEqual(GONE);
    await server.api.patch(ada.account, { avatar: null, profile_cover: null }, ada.headers);
    await expectFiles([]);
  });

  it('of many uploads at once are those that the account shows at the end', async () => {
    const ada = await newcomer();
    const answers = await Promise.all([
      upload(server, ada, { avatar: image }),
      upload(server, ada, { avatar: image, display_name: 'Ada' }),
      upload(server, ada, { profile_cover: image }),
      server.api.patch(ada.account, { description: 'An analyst' }, ada.headers),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const account = await accountOf(server, ada);
    expect(account).toMatchObject({ display_name: 'Ada', description: 'An analyst' });
    await expectFiles(namesOf(account.avatar, account.profile_cover));
    for (const address of [account.avatar, account.profile_cover]) {
      expect((await fetchImage(server, address)).length).toBeGreaterThan(0);
    }
    await server.api.patch(ada.account, { avatar: null, profile_cover: null }, ada.headers);
  });

  it('go with who is erased', async () => {
    const user = await createUser(server, freshEmail());
    const ada = await visit(server, user.email);
    const { avatar } = (await upload(server, ada, { avatar: image, profile_cover: image })).body;
    const other = await newcomer();
    const kept = (await upload(server, other, { avatar: image })).body.avatar as string;
    const erased = await server.api.post(`/api/users/${user.id}/delete`, undefined, {
      authorization: `Bearer ${user.token}`,
    });
    expect(erased.status).toBe(204);
    await expectFiles(namesOf(kept));
    expect(outcome(await server.api.get(pathOf(avatar)))).toEqual(GONE);
    await server.api.patch(other.account, { avatar: null }, other.headers);
  });

  it('are not left by a session that ended during the upload', async () => {
    const ada = await newcomer();
    const recode = server.get(RecodeImage);
    const original = recode.recode.bind(recode);
    jest.spyOn(recode, 'recode').mockImplementationOnce(async (...args) => {
      await server.api.post('/api/logout', undefined, ada.headers);
      return original(...args);
    });
    expect(outcome(await upload(server, ada, { avatar: image }))).toEqual({
      status: 401,
      body: { error: 'invalid_token' },
    });
    await expectFiles([]);
  });

  it('are not left when the second cannot be written', async () => {
    const ada = await newcomer();
    const storage = server.get(MediaStorage);
    const put = storage.put.bind(storage);
    jest
      .spyOn(storage, 'put')
      .mockImplementationOnce(put)
      .mockRejectedValueOnce(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    const answer = await upload(server, ada, { avatar: image, profile_cover: image });
    expect(outcome(answer)).toEqual({ status: 500, body: { error: 'server_error' } });
    expect(await accountOf(server, ada)).toMatchObject({ avatar: null, profile_cover: null });
    expect(mediaFiles(server)).toEqual([]);
    server.clock.advance(2 * HOUR);
    await tidy();
    await expectFiles([]);
  });

  it('that a killed process left are swept after an hour, and no others', async () => {
    const ada = await newcomer();
    const { avatar } = (await upload(server, ada, { avatar: image })).body as { avatar: string };
    const [finished, halfway] = [newMediaName('png'), newMediaName('jpg')];
    const now = server.clock.now();
    await server.get(UnitOfWork).run(async (tx) => {
      for (const name of [finished, halfway]) {
        await tx.execute(
          sql`INSERT INTO media (name, account_id, created_at) VALUES (${name}, ${null}, ${now})`,
        );
      }
    });
    const folder = join(server.dataDir, 'media');
    writeFileSync(join(folder, finished), image);
    writeFileSync(join(folder, `${halfway}.part`), 'half');
    server.clock.advance(HOUR - 5 * MINUTE);
    await tidy();
    expect(mediaFiles(server)).toHaveLength(3);
    server.clock.advance(10 * MINUTE);
    expect(await tidy()).toBeGreaterThanOrEqual(2);
    await expectFiles(namesOf(avatar));
    server.clock.advance(1_000 * HOUR);
    await tidy();
    await expectFiles(namesOf(avatar));
  });

  it('that could not be removed at once are swept later', async () => {
    const ada = await newcomer();
    await upload(server, ada, { avatar: image });
    const before = mediaFiles(server);
    jest.spyOn(server.get(MediaStorage), 'remove').mockRejectedValueOnce(new Error('busy'));
    const { avatar } = (await upload(server, ada, { avatar: image })).body as { avatar: string };
    expect(mediaFiles(server)).toHaveLength(before.length + 1);
    server.clock.advance(2 * HOUR);
    await tidy();
    expect(mediaFiles(server)).toEqual(expect.arrayContaining(namesOf(avatar)));
    expect(mediaFiles(server)).toHaveLength(before.length);
  });
});
