import { isTotpCode, newTotpSecret, stepOfCode, totpUri } from './totp.js';

/** The 20 bytes `12345678901234567890` of both RFCs, in Base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const STEP = 30_000;

describe('the codes of an authenticator app', () => {
  it.each([
    [0, '755224'],
    [1, '287082'],
    [2, '359152'],
    [3, '969429'],
    [4, '338314'],
    [5, '254676'],
    [6, '287922'],
    [7, '162583'],
    [8, '399871'],
    [9, '520489'],
  ])('are those of RFC 4226, appendix D: count %d', (count, code) => {
    expect(stepOfCode(SECRET, code, count * STEP)).toBe(count);
  });

  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('are those of RFC 6238, appendix B (SHA-1), at %d s', (seconds, eightDigits) => {
    expect(stepOfCode(SECRET, eightDigits.slice(2), seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });

  it('count one step early and one step late, to the millisecond, and no further', () => {
    const at = (ms: number) => stepOfCode(SECRET, '969429', ms);
    expect(at(2 * STEP - 1)).toBeNull();
    expect(at(2 * STEP)).toBe(3);
    expect(at(5 * STEP - 1)).toBe(3);
    expect(at(5 * STEP)).toBeNull();
  });

  it.each(['', '12345', '1234567', '12345a', ' 12345', '１２３４５６', '-12345', '969429\n'])(
    'are six digits: %j is none',
    (code) => {
      expect(isTotpCode(code)).toBe(false);
      expect(stepOfCode(SECRET, code, 3 * STEP)).toBeNull();
    },
  );

  it('come from 160 random bits', () => {
    const secrets = new Set(Array.from({ length: 20 }, newTotpSecret));
    expect(secrets.size).toBe(20);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  });

  it('reach the app by an address with issuer and label', () => {
    const uri = totpUri(SECRET, { issuer: 'id.example.org', label: 'ada+x@example.com' });
    expect(uri).toBe(
      `otpauth://totp/id.example.org:ada%2Bx%40example.com?secret=${SECRET}&issuer=id.example.org`,
    );
  });
});
