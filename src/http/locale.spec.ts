import { negotiateLocale } from './locale.js';

describe('negotiateLocale', () => {
  const offered = ['en', 'fr', 'pt-BR'];

  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['FR-ca', 'fr'],
    ['pt-br', 'pt-BR'],
    ['pt', 'en'],
    ['de, fr;q=0.5', 'fr'],
    ['en;q=0.1, fr;q=0.9', 'fr'],
    ['fr;q=0, en', 'en'],
    ['fr;q=0', 'en'],
    ['fr;q=nonsense', 'en'],
    ['fr;q=9', 'en'],
    ['*, fr;q=0.5', 'en'],
    ['de;q=0.9, *;q=0.1', 'en'],
    [`${'x,'.repeat(20)}fr`, 'en'],
    [`${'-'.repeat(100_000)},fr`, 'en'],
  ])('%p -> %s', (header, locale) => {
    expect(negotiateLocale(header, offered)).toBe(locale);
  });
});
