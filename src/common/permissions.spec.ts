import { LEVELS } from './levels.js';
import {
  ACCESSES,
  isPermission,
  isWithin,
  permissionsOf,
  RESOURCES,
  type Authority,
  type Permission,
} from './permissions.js';

const VIEWS = RESOURCES.map((resource): Permission => `${resource}:VIEW`);
const MODIFIES = RESOURCES.map((resource): Permission => `${resource}:MODIFY`);

const admin = (level: Authority['level'], ...permissions: Permission[]): Authority => ({
  type: 'admin',
  level,
  permissions,
});
const sorted = (authority: Authority) => [...permissionsOf(authority)].sort();

describe('isPermission', () => {
  it('knows every resource with either access', () => {
    const names = RESOURCES.flatMap((resource) => ACCESSES.map((access) => `${resource}:${access}`));
    expect(new Set(names).size).toBe(30);
    expect(names.filter((name) => !isPermission(name))).toEqual([]);
  });

  it.each(['', 'ADMIN', 'ADMIN:', ':VIEW', 'ADMIN:DELETE', 'admin:view', 'ADMIN:VIEW ', 'toString'])(
    'does not know %j',
    (name) => {
      expect(isPermission(name)).toBe(false);
    },
  );
});

describe('permissionsOf', () => {
  it.each(['admin', 'superuser'] as const)('gives %s everything, whatever his free role', (level) => {
    for (const authority of [admin(level), admin(level, 'POS:VIEW')]) {
      expect(sorted(authority)).toEqual([...VIEWS, ...MODIFIES].sort());
    }
  });

  it('gives a manager VIEW of everything, and what his free role adds', () => {
    expect(sorted(admin('manager'))).toEqual([...VIEWS].sort());
    expect(sorted(admin('manager', 'POS:MODIFY', 'ACL:VIEW'))).toEqual([...VIEWS, 'POS:MODIFY'].sort());
  });

  it('gives a member what his free role gives; MODIFY contains VIEW, not the other way round', () => {
    expect(sorted(admin('member'))).toEqual([]);
    expect(sorted(admin('member', 'POS:MODIFY', 'SELLER:VIEW'))).toEqual([
      'POS:MODIFY',
      'POS:VIEW',
      'SELLER:VIEW',
    ]);
  });

  it.each(['customer', 'seller'] as const)('gives a %s nothing, at every level', (type) => {
    for (const level of LEVELS) {
      expect(sorted({ type, level, permissions: ['POS:MODIFY', 'CUSTOMER:VIEW'] })).toEqual([]);
    }
  });
});

describe('isWithin', () => {
  it.each<[string, Authority, Authority, boolean]>([
    ['himself', admin('member', 'POS:VIEW'), admin('member', 'POS:VIEW'), true],
    ['one who may less', admin('member', 'POS:VIEW'), admin('member', 'POS:MODIFY'), true],
    ['one who may more', admin('member', 'POS:MODIFY'), admin('member', 'POS:VIEW'), false],
    ['one who may other things', admin('member', 'ACL:VIEW'), admin('member', 'POS:VIEW'), false],
    ['a member that VIEWs, in a manager', admin('member', 'POS:VIEW'), admin('manager'), true],
    ['a member that MODIFYs, in a manager', admin('member', 'POS:MODIFY'), admin('manager'), false],
    ['a member that MODIFYs, in an admin', admin('member', 'POS:MODIFY'), admin('admin'), true],
    ['an admin, in a superuser', admin('admin'), admin('superuser'), true],
    ['a superuser, in an admin who may as much', admin('superuser'), admin('admin'), false],
    [
      'a customer of a high level, in an admin below him',
      { type: 'customer', level: 'superuser', permissions: [] },
      admin('admin'),
      false,
    ],
    [
      'a customer, in a customer',
      { type: 'customer', level: 'member', permissions: [] },
      { type: 'customer', level: 'member', permissions: [] },
      true,
    ],
    [
      'an administrator who may something, in a customer of a high level',
      admin('member', 'POS:VIEW'),
      { type: 'customer', level: 'superuser', permissions: [] },
      false,
    ],
  ])('%s', (_what, other, one, expected) => {
    expect(isWithin(other, one)).toBe(expected);
  });
});
