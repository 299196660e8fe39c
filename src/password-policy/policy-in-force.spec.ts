import { DAY } from '../common/clock.js';
import { loadConfig } from '../config/load-config.js';
import { PasswordUnacceptable } from './password-policy.errors.js';
import { environmentPolicy } from './policy-in-force.js';

const policy = (environment: Record<string, string> = {}) => environmentPolicy(loadConfig(environment));

describe('PolicyInForce', () => {
  it('takes its rules from the configuration', () => {
    expect(
      policy({ PASSWORD_MIN_LENGTH: '9', PASSWORD_MIN_UPPER: '1', SPECIAL_CHARACTERS: '#' }).values,
    ).toEqual({
      minLength: 9,
      minDigits: 0,
      minLower: 0,
      minUpper: 1,
      minSpecial: 0,
      specialCharacters: '#',
      refuseCommon: false,
      expiresAfterDays: 0,
      allowsReuse: false,
    });
    expect(policy({ NODE_ENV: 'production' }).values.refuseCommon).toBe(true);
  });

  it('throws every violation at once and nothing of the password', () => {
    const refusal = captureRefusal(() => policy({ PASSWORD_MIN_DIGITS: '1' }).assertAcceptable('hunter', {}));
    expect(refusal).toMatchObject({
      kind: 'invalid',
      code: 'password-unacceptable',
      params: { violations: ['not-enough-chars', 'not-enough-digits'] },
      violations: [
        { code: 'not-enough-chars', params: { min: 8 } },
        { code: 'not-enough-digits', params: { min: 1 } },
      ],
    });
    expect(JSON.stringify(refusal) + refusal.message).not.toContain('hunter');
  });

  it('refuses common passwords and the own name only when told to', () => {
    const context = { email: 'somebody@example.com' };
    expect(() => policy().assertAcceptable('password', context)).not.toThrow();
    const strict = policy({ PASSWORD_REFUSE_COMMON: 'true' });
    expect(() => strict.assertAcceptable('Somebody', context)).toThrow(PasswordUnacceptable);
    expect(() => strict.assertAcceptable('Somebody else', context)).not.toThrow();
  });

  it('expires a password when its days are over', () => {
    const thirtyDays = policy({ PASSWORD_EXPIRY_TIME: '30' });
    expect(thirtyDays.isExpired(0, 30 * DAY - 1)).toBe(false);
    expect(thirtyDays.isExpired(0, 30 * DAY)).toBe(true);
    expect(thirtyDays.isExpired(null, 30 * DAY)).toBe(false);
    expect(policy().isExpired(0, 100_000 * DAY)).toBe(false);
  });

  it('tells whether the old password may be used again', () => {
    expect(policy().values.allowsReuse).toBe(false);
    expect(policy({ ALLOW_REUSE_PASSWORD_ON_CHANGE: 'true' }).values.allowsReuse).toBe(true);
  });
});

function captureRefusal(act: () => void): PasswordUnacceptable {
  try {
    act();
  } catch (error) {
    if (error instanceof PasswordUnacceptable) return error;
  }
  throw new Error('PasswordUnacceptable was not thrown');
}
