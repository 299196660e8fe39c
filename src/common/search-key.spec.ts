import { searchKeyEnd, searchKeyOf } from './search-key.js';

describe('searchKeyOf', () => {
  it.each([
    ['Clerk', 'clerk'],
    ['ＣＬＥＲＫ', 'clerk'],
    ['ÄRZTE', 'ärzte'],
    ['x'.repeat(400), 'x'.repeat(150)],
    ['😀'.repeat(200), '😀'.repeat(150)],
  ])('spells %s', (name, key) => {
    expect(searchKeyOf(name)).toBe(key);
  });

  it('bounds exactly what begins alike', () => {
    const isFound = (name: string, prefix: string) =>
      searchKeyOf(name) >= searchKeyOf(prefix) && searchKeyOf(name) < searchKeyEnd(searchKeyOf(prefix));
    expect(isFound('Clerk', 'CL')).toBe(true);
    expect(isFound('Cl', 'CL')).toBe(true);
    expect(isFound('Cm', 'CL')).toBe(false);
    expect(isFound('C', 'CL')).toBe(false);
  });
});
