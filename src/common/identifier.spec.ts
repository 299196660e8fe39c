import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { normaliseIdentifier } from './identifier.js';

describe('normaliseIdentifier', () => {
  it.each([
    ['  JohnDoe@Netsach.COM ', 'johndoe@netsach.com'],
    ['ＡＤＭＩＮ', 'admin'],
    ['dup@exämple.com', 'dup@xn--exmple-cua.com'],
    ['dup@XN--exmple-cua.com', 'dup@xn--exmple-cua.com'],
    ['+48500100200', '+48500100200'],
    ['@handle', '@handle'],
    ['a@b c', 'a@b c'],
  ])('%s is compared as %s', (typed, compared) => {
    expect(normaliseIdentifier(typed)).toBe(compared);
    expect(normaliseIdentifier(compared)).toBe(compared);
  });

  it.each([
    ['a name of 513 characters', 'a'.repeat(513)],
    ['combining marks without end', `a${'\u0301\u0323'.repeat(400_000)}`],
    [
      'an address of many scripts',
      `a@${Array.from({ length: 80_000 }, (_, at) => String.fromCharCode(0x4e00 + (at % 20_000))).join('')}`,
    ],
    ['a name that grows when it is normalised', '\ufdfa'.repeat(40)],
  ])('takes %s for nobody, without looking at all of it', (_, typed) => {
    expect(normaliseIdentifier(typed)).toBe('\uffff');
  });

  it('compares plain addresses as it compares all others', () => {
    const letters = [...'abcXYZ019.-', 'xn--', '0x'];
    const domain = fc
      .tuple(
        fc.array(fc.constantFrom(...letters), { maxLength: 12 }),
        fc.constantFrom('com', 'Org', 'a', 'x1', '7', '-'),
      )
      .map(([start, end]) => `${start.join('')}.${end}`);
    fc.assert(
      fc.property(domain, (typed) => {
        const plain = typed.toLowerCase();
        expect(normaliseIdentifier(`Ann+x@${typed}`)).toBe(`ann+x@${domainToASCII(plain) || plain}`);
      }),
      { numRuns: 3_000 },
    );
  });
});
