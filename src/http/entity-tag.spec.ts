import { isNotModified } from './entity-tag.js';

describe('isNotModified', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['"other"', false],
    ['tag', false],
    ['"tag"', true],
    ['W/"tag"', true],
    ['"other", "tag"', true],
    ['*', true],
  ])('%p: %p', (ifNoneMatch, expected) => {
    expect(isNotModified(ifNoneMatch, '"tag"')).toBe(expected);
  });
});
