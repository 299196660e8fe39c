import { entityTagOf, isMatched, isNotModified } from './entity-tag.js';

const HEADERS: [header: string | undefined, isNamed: boolean, isNamedWeakly: boolean][] = [
  ['', false, false],
  ['"other"', false, false],
  ['tag', false, false],
  ['"tag"', true, true],
  ['W/"tag"', false, true],
  ['"other", "tag"', true, true],
  ['*', true, true],
];

describe('isNotModified', () => {
  it.each([[undefined, false, false] as const, ...HEADERS])('%p', (header, _, expected) => {
    expect(isNotModified(header, '"tag"')).toBe(expected);
  });
});

describe('isMatched', () => {
  it.each([[undefined, true, true] as const, ...HEADERS])('%p: %p', (header, expected) => {
    expect(isMatched(header, '"tag"')).toBe(expected);
  });
});

describe('entityTagOf', () => {
  it('is another one for whatever differs', () => {
    const views = [{}, { a: 1 }, { a: '1' }, { a: 1, b: null }];
    const tags = new Set(views.map(entityTagOf));
    expect(tags.size).toBe(views.length);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]{27}"$/);
    expect(entityTagOf({ a: 1 })).toBe(entityTagOf({ a: 1 }));
  });
});
