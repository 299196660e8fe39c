import { Cursors } from '../../../web/cockpit/src/api/cursors.js';
import { Creations } from '../../../web/cockpit/src/api/creations.js';

describe('the pages of a list by cursors', () => {
  const asked: (string | null)[] = [];
  /** Three pages: a, b and c. */
  const load = (cursor: string | null) => {
    asked.push(cursor);
    const number = cursor === null ? 0 : 'abc'.indexOf(cursor) + 1;
    return Promise.resolve({ items: ['abc'[number]], nextCursor: number < 2 ? 'abc'[number]! : null });
  };
  beforeEach(() => (asked.length = 0));

  it('are reached by the cursor of the page before', async () => {
    const cursors = new Cursors();
    expect((await cursors.page('list', 1, load)).items).toEqual(['a']);
    expect((await cursors.page('list', 2, load)).items).toEqual(['b']);
    expect((await cursors.page('list', 3, load)).items).toEqual(['c']);
    expect(asked).toEqual([null, 'a', 'b']);
  });

  it('are reached by walking where they were never passed, and are empty past the end', async () => {
    expect((await new Cursors().page('list', 3, load)).items).toEqual(['c']);
    expect(asked).toEqual([null, 'a', 'b']);
    expect(await new Cursors().page('list', 5, load)).toEqual({ items: [], nextCursor: null });
  });

  it('are of one list each', async () => {
    const cursors = new Cursors();
    await cursors.page('list', 2, load);
    await cursors.page('list?q=other', 2, load);
    expect(asked).toEqual([null, 'a', null, 'a']);
  });
});

describe('the keys of what is made', () => {
  it('are the same for the same thing until it is made', () => {
    const creations = new Creations();
    const first = creations.keyOf('/v1/users', { email: 'a@example.com' });
    expect(creations.keyOf('/v1/users', { email: 'a@example.com' })).toBe(first);
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(creations.keyOf('/v1/users', { email: 'b@example.com' })).not.toBe(first);
    const again = creations.keyOf('/v1/users', { email: 'a@example.com' });
    creations.forget();
    expect(creations.keyOf('/v1/users', { email: 'a@example.com' })).not.toBe(again);
  });
});
