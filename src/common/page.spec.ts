import { pageOf, viewPage } from './page.js';

describe('pageOf', () => {
  const cursorOf = (item: number) => `after ${item}`;

  it.each([
    [[], { items: [], nextCursor: null }],
    [[1, 2], { items: [1, 2], nextCursor: null }],
    [[1, 2, 3], { items: [1, 2], nextCursor: 'after 2' }],
  ])('of %j, two a page', (found, page) => {
    expect(pageOf(found, 2, cursorOf)).toEqual(page);
  });

  it('keeps its cursor in another view', () => {
    expect(viewPage({ items: [1, 2], nextCursor: 'x' }, String)).toEqual({
      items: ['1', '2'],
      nextCursor: 'x',
    });
  });
});
