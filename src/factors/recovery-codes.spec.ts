import { digestOf } from '../common/digest.js';
import { digestOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js';

describe('recovery codes', () => {
  it('are ten, each another one, of sixteen characters that nobody mistakes', () => {
    const codes = newRecoveryCodes();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){3}$/);
  });

  it('are kept as digests of their characters, however they are typed', () => {
    const kept = digestOf('0123456789abcdef');
    for (const typed of ['0123-4567-89ab-cdef', '0123 4567 89AB CDEF', ' 0123456789abcdef']) {
      expect(digestOfRecoveryCode(typed)).toBe(kept);
    }
  });

  it.each(['', '123456', '0123-4567-89ab-cde', '0123-4567-89ab-cdef-0', '0123-4567-89ab-cdé1'])(
    'cannot be %j',
    (typed) => expect(digestOfRecoveryCode(typed)).toBeNull(),
  );
});
