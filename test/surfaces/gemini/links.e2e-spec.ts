import { bearer } from '../../support/api.js';
import { makePerson, PASSWORD } from '../../support/declared-people.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import { declareClient } from '../../support/oauth-clients.js';
import { askToken, askUser, logIn, SCOPES, type GeminiUser } from './requests.js';

interface Link {
  readonly href: string;
  readonly method: string;
  readonly title: string;
}

/** What is sent along a link, and how it is answered, by the link's name. */
const FOLLOWED: Readonly<Record<string, readonly [body: object | undefined, status: number]>> = {
  self: [undefined, 200],
  edit: [{ name: 'Edited', first_name: 'Edited' }, 200],
  'new-artist': [{ name: 'New' }, 201],
  'new-venue': [{ name: 'New' }, 201],
  delete: [undefined, 204],
};

const SUBSETS = [1, 2, 3, 4, 5, 6, 7].map((bits) =>
  SCOPES.filter((_, place) => (bits & (1 << place)) !== 0).join(' '),
);

/** `_links` are what this token may do: each that is shown works, and none that works is kept back. */
describe('_links of document 000', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
    await declareClient(server);
    await makePerson(server, { email: 'root@example.com', level: 'superuser', type: 'admin' });
  });
  afterAll(() => server.stop());

  const follow = async (links: Record<string, Link>, token: string) => {
    const seen: [string, number][] = [];
    // Deleting comes last, so that the others have something to work on.
    const names = Object.keys(links).sort((a, b) => Number(a === 'delete') - Number(b === 'delete'));
    for (const name of names) {
      const { method, href } = links[name]!;
      const answer = await server.api.send(method, href, FOLLOWED[name]?.[0], bearer(token));
      seen.push([name, answer.status]);
    }
    expect(seen).toEqual(names.map((name) => [name, FOLLOWED[name]?.[1]]));
    return names.sort();
  };

  it.each(SUBSETS)('of both ways to a token of %j work, and are those of its user', async (scope) => {
    const email = `links-${++count}@example.com`;
    for (const ask of [() => askUser(server, email, { scope }), () => askToken(server, email, { scope })]) {
      const { body } = await ask();
      expect(body._links).toEqual(body.user._links);
      const { delete: _last, ...rest } = body._links as Record<string, Link>;
      await follow(rest, body.access_token as string);
    }
    const { body } = await askToken(server, email, { scope });
    const names = await follow(body._links as Record<string, Link>, body.access_token as string);
    expect(names.includes('delete')).toBe(scope.includes('profile'));
  });

  it.each(SUBSETS)('that a token of %j is not shown do not work', async (scope) => {
    const email = `absent-${++count}@example.com`;
    const whole = (await askUser(server, email)).body._links as Record<string, Link>;
    const { body } = await askToken(server, email, { scope });
    for (const [name, { method, href }] of Object.entries(whole)) {
      if (Object.hasOwn(body._links as object, name)) continue;
      const token = body.access_token as string;
      const answer = await server.api.send(method, href, FOLLOWED[name]?.[0], bearer(token));
      expect([name, answer.status, answer.body.error]).toEqual([name, 403, 'insufficient_scope']);
    }
  });

  describe.each(['artist', 'venue'])('of a profile of kind %s', (kind) => {
    const make = async (user: GeminiUser) => {
      const { body } = await server.api.post(
        `/api/${kind}/${user.id}/new`,
        { name: 'x' },
        bearer(user.token),
      );
      return body as { id: string; _links: Record<string, Link> };
    };

    it('work for its owner, as for everybody who is shown them', async () => {
      const email = `owner-${++count}@example.com`;
      await askUser(server, email);
      const owner = await logIn(server, email);
      const profile = await make(owner);
      const stranger = await logIn(server, 'root@example.com', { password: PASSWORD });
      const seen = await server.api.get(`/api/${kind}s/${profile.id}`, bearer(stranger.token));
      expect(await follow(seen.body._links as Record<string, Link>, stranger.token)).toEqual(['self']);
      const listed = await server.api.get(`/api/users/${owner.id}`, bearer(owner.token));
      expect(listed.body[`${kind}s`][0]._links).toEqual(profile._links);
      expect(await follow(profile._links, owner.token)).toEqual(['delete', 'edit', 'self']);
    });
  });

  it('of somebody whom an administrator looks at is the one to look again', async () => {
    const owner = await askUser(server, `looked-at-${++count}@example.com`);
    const root = await logIn(server, 'root@example.com');
    const { body } = await server.api.get(`/api/users/${owner.body.user.id}`, bearer(root.token));
    expect(await follow(body._links as Record<string, Link>, root.token)).toEqual(['self']);
  });
});
