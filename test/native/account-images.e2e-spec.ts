import { bearer, faultyFields, outcome } from '../support/api.js';
import { makeSignedIn, problem, type SignedIn } from '../support/api-keys.js';
import { cookieHeader, signInAtV1 } from '../support/cookies.js';
import { PUBLIC_URL, startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { picture } from '../support/images.js';
import { fetchImage, formData, mediaFiles, type Parts } from '../surfaces/romeo/visitors.js';

const ADDRESS = new RegExp(`^${PUBLIC_URL}/media/[0-9a-f]{64}\\.(png|jpg|webp)$`);
const IMAGES = ['avatar', 'profileCover'] as const;

/** Contract 4.3, at the native API. */
describe('images of an account at /v1', () => {
  let server: TestGatehouse;
  let ada: SignedIn;
  let path: string;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  beforeEach(async () => {
    ada = await makeSignedIn(server, { email: `person-${++count}@example.com` });
    path = `/v1/accounts/${(await own()).body.id}`;
  });
  afterAll(() => server.stop());

  const own = () => server.api.get('/v1/me/account', bearer(ada.token));
  const patch = (body: unknown, headers: Record<string, string> = bearer(ada.token)) =>
    server.api.patch(path, body, headers);
  const upload = (parts: Parts) => patch(formData(parts));

  it('are shown with one’s own account, for whose number one needs not ask', async () => {
    const answer = await own();
    expect(outcome(answer)).toEqual({
      status: 200,
      body: {
        id: expect.any(Number),
        ownerId: ada.uid,
        name: `person-${count}`,
        displayName: `person-${count}`,
        description: '',
        avatar: null,
        profileCover: null,
      },
    });
    expect(outcome(await server.api.get(path, bearer(ada.token)))).toEqual(outcome(answer));
  });

  it('are changed together with texts by a form, and taken away by a null', async () => {
    const before = (await own()).body as object;
    const parts = { displayName: ' Ada ', description: 'Zählt', avatar: await picture('png') };
    const answer = await upload({ ...parts, profileCover: await picture('jpeg') });
    const after = {
      ...before,
      displayName: 'Ada',
      description: 'Zählt',
      avatar: expect.stringMatching(ADDRESS) as string,
      profileCover: expect.stringMatching(ADDRESS) as string,
    };
    expect(outcome(answer)).toEqual({ status: 200, body: after });
    expect(outcome(await own())).toEqual(outcome(answer));
    for (const image of IMAGES)
      expect((await fetchImage(server, answer.body[image])).length).toBeGreaterThan(0);
    const files = mediaFiles(server).length;

    const without = await patch({ avatar: null });
    expect(outcome(without)).toEqual({ status: 200, body: { ...answer.body, avatar: null } });
    expect((await patch({ profileCover: null, displayName: 'King' })).body).toEqual({
      ...answer.body,
      displayName: 'King',
      avatar: null,
      profileCover: null,
    });
    expect(mediaFiles(server)).toHaveLength(files - 2);
  });

  it('stay when they are left out', async () => {
    const { avatar } = (await upload({ avatar: await picture('webp') })).body;
    expect((await patch({ description: 'x' })).body).toMatchObject({ avatar, profileCover: null });
    expect((await upload({ description: 'y' })).body).toMatchObject({ avatar, description: 'y' });
  });

  it.each(IMAGES)('are refused as %s when they are none, and nothing is changed', async (field) => {
    const before = outcome(await own());
    const files = mediaFiles(server).length;
    const refused = (code: string) => problem(400, code, { errors: [{ path: field, rule: 'image' }] });
    for (const bytes of [Buffer.from('<svg/>'), Buffer.alloc(0)]) {
      const answer = await upload({ displayName: 'Eve', [field]: bytes });
      expect(outcome(answer)).toEqual(refused('invalid-fields'));
    }
    const twice = [await picture('png'), await picture('png')];
    for (const value of ['text', twice]) {
      expect(outcome(await upload({ displayName: 'Eve', [field]: value }))).toEqual(refused('invalid-body'));
    }
    for (const value of ['', 'x', 0, {}, [], true, `${PUBLIC_URL}/media/x.png`]) {
      const answer = await patch({ displayName: 'Eve', [field]: value });
      expect(outcome(answer)).toEqual(refused('invalid-body'));
    }
    expect(outcome(await own())).toEqual(before);
    expect(mediaFiles(server)).toHaveLength(files);
  });

  it('are not looked at when a text cannot be taken', async () => {
    const parts = { displayName: 'x'.repeat(101), avatar: await picture('png') };
    const answer = await upload(parts);
    expect(answer.status).toBe(400);
    expect(faultyFields(answer)).toEqual(['displayName']);
    const file = await upload({ displayName: Buffer.from('Eve') });
    expect([file.status, faultyFields(file)]).toEqual([400, ['displayName']]);
    expect((await own()).body).toMatchObject({ avatar: null, displayName: `person-${count}` });
  });

  it('are at most 5 MiB', async () => {
    const answer = await upload({ avatar: Buffer.alloc(5 * 1024 * 1024 + 1) });
    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });

  it('are nobody else’s to change, nor a foreign page’s', async () => {
    const eve = await makeSignedIn(server, { email: `eve-${count}@example.com` });
    const form = async () => formData({ avatar: await picture('png') });
    expect((await patch(await form(), bearer(eve.token))).status).toBe(403);
    expect((await patch(await form(), {})).status).toBe(401);
    const cookie = cookieHeader(await signInAtV1(server.api, ada));
    expect(await patch(await form(), { ...cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
      body: { code: 'foreign-origin' },
    });
    expect((await own()).body).toMatchObject({ avatar: null });
    expect((await patch(await form(), { ...cookie, origin: PUBLIC_URL })).status).toBe(200);
    expect((await own()).body).toMatchObject({ avatar: expect.stringMatching(ADDRESS) as string });
  });
});
