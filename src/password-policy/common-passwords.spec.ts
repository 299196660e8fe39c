import { isCommonPassword } from './common-passwords.js';

describe('isCommonPassword', () => {
  const context = { email: 'Ada.Lovelace@example.com', username: 'countess1815' };

  it.each([
    ['123456'],
    ['password'],
    ['PassWord'],
    ['ｐａｓｓｗｏｒｄ'],
    ['abdominal'],
    ['GateHouse'],
    ['ada.lovelace@example.com'],
    ['ADA.LOVELACE'],
    ['Countess1815'],
  ])('refuses %s', (password) => {
    expect(isCommonPassword(password, context)).toBe(true);
  });

  it.each([[''], [' password'], ['correct horse battery'], ['countess181'], ['example.com'], ['Ada']])(
    'lets %p pass',
    (password) => {
      expect(isCommonPassword(password, context)).toBe(false);
    },
  );

  it('knows nothing of a person without names', () => {
    expect(isCommonPassword('countess1815', {})).toBe(false);
    expect(isCommonPassword('countess1815', { email: null, username: null })).toBe(false);
  });
});
