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
});
