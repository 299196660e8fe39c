import { isTooLong, violationsOf, type PasswordRules } from './password-rules.js';

const NONE: PasswordRules = {
  minLength: 0,
  minDigits: 0,
  minLower: 0,
  minUpper: 0,
  minSpecial: 0,
  specialCharacters: '!-ß€',
  refuseCommon: false,
};

const codes = (password: string, rules: Partial<PasswordRules>) =>
  violationsOf(password, { ...NONE, ...rules }, {}).map((violation) => violation.code);

describe('violationsOf', () => {
  it.each<[string, string, Partial<PasswordRules>, string[]]>([
    ['no rule', '', {}, []],
    ['length reached', '12345678', { minLength: 8 }, []],
    ['length missed', '1234567', { minLength: 8 }, ['not-enough-chars']],
    ['outer white space counts', '      ab', { minLength: 8 }, []],
    ['an astral character is one', '😀😀😀😀', { minLength: 5 }, ['not-enough-chars']],
    ['digits reached', 'a1b2', { minDigits: 2 }, []],
    ['digits missed', 'a1b', { minDigits: 2 }, ['not-enough-digits']],
    ['digits of every script', '٣৪', { minDigits: 2 }, []],
    ['a fraction is no digit', '½²', { minDigits: 1 }, ['not-enough-digits']],
    ['lower case of every script', 'жß', { minLower: 2 }, []],
    ['punctuation is not lower case', '!?.,12AB', { minLower: 1 }, ['not-enough-lower']],
    ['upper case of every script', 'ЖÄ', { minUpper: 2 }, []],
    ['punctuation is not upper case', '!?.,12ab', { minUpper: 1 }, ['not-enough-upper']],
    ['special characters as listed', '!€-', { minSpecial: 3 }, []],
    ['others are not special', '?#+', { minSpecial: 1 }, ['not-enough-special']],
    ['a listed letter counts twice', 'ß', { minSpecial: 1, minLower: 1 }, []],
    ['1,024 astral characters', '😀'.repeat(1024), {}, []],
    ['1,025 characters', 'a'.repeat(1025), {}, ['too-long']],
  ])('%s', (_name, password, rules, expected) => {
    expect(codes(password, rules)).toEqual(expected);
  });

  it('tells everything at once, in the fixed order, with parameters', () => {
    const rules = { ...NONE, minLength: 9, minDigits: 1, minLower: 20, minUpper: 2, minSpecial: 3 };
    expect(violationsOf('Password', { ...rules, refuseCommon: true }, {})).toEqual([
      { code: 'not-enough-chars', params: { min: 9 } },
      { code: 'not-enough-digits', params: { min: 1 } },
      { code: 'not-enough-lower', params: { min: 20 } },
      { code: 'not-enough-upper', params: { min: 2 } },
      { code: 'not-enough-special', params: { min: 3, characters: '!-ß€' } },
      { code: 'too-common', params: {} },
    ]);
    expect(violationsOf('-'.repeat(2000), { ...rules, minSpecial: 0 }, {})).toEqual([
      { code: 'not-enough-digits', params: { min: 1 } },
      { code: 'not-enough-lower', params: { min: 20 } },
      { code: 'not-enough-upper', params: { min: 2 } },
      { code: 'too-long', params: { max: 1024 } },
    ]);
  });

  it('judges a megabyte without walking through it', () => {
    expect(codes('a'.repeat(1_000_000), { minLength: 1024, refuseCommon: true })).toEqual(['too-long']);
  });
});

describe('isTooLong', () => {
  it.each([
    ['', false],
    ['a'.repeat(1024), false],
    ['a'.repeat(1025), true],
    ['😀'.repeat(1024), false],
    ['😀'.repeat(1024) + 'a', true],
    ['a' + '😀'.repeat(1023) + 'b', true],
  ])('case %#', (password, expected) => {
    expect(isTooLong(password)).toBe(expected);
  });
});
