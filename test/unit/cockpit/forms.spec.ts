import { creatable, updatable } from '../../../web/cockpit/src/api/writable.js';
import { changesOf } from '../../../web/cockpit/src/policy/policy.js';
import { placeOf } from '../../../web/cockpit/src/shell/place.js';

describe('an address of the cockpit', () => {
  const searchOf = (search: string) => placeOf({ pathname: '/users/create', search, hash: '' }).search;

  it('names a place and what of a list is shown', () => {
    const search =
      '?page=2&perPage=25&sort=id&order=ASC&filter=%7B%22q%22%3A%22a+b%22%7D&displayedFilters=%7B%7D';
    const read = new URLSearchParams(searchOf(search));
    expect(Object.fromEntries(read)).toEqual(Object.fromEntries(new URLSearchParams(search)));
  });

  it.each([
    '?source={"email":"evil@x"}',
    '?s%6Furce=%7B%7D',
    '?source={',
    '?source={}&source={}',
    '?page=1&source={}',
    '??source={}',
    '?&source={}',
    '?%EF%BB%BFsource={}',
    '?source',
  ])('says nothing of a record: %s', (search) => {
    expect(decodeURIComponent(searchOf(search))).not.toContain('source');
  });

  it('has no record beside it', () => {
    const state = { record: { email: 'evil@x' }, nextPathname: '/users' };
    expect(placeOf({ pathname: '/users', search: '', hash: '', state, key: 'k' })).toEqual({
      pathname: '/users',
      search: '',
      hash: '',
      state: { nextPathname: '/users' },
      key: 'k',
    });
    expect(placeOf({ pathname: '/', search: '', hash: '', state: null }).state).toEqual({});
  });
});

describe('the forms of the cockpit', () => {
  const all = { id: 'one', email: 'a@example.com', password: 'p', state: 'disabled', name: 'n', secret: 's' };

  it('write the fields that they have', () => {
    expect(creatable('users', all)).toEqual({ email: 'a@example.com', password: 'p' });
    expect(updatable('users', all)).toEqual({ email: 'a@example.com' });
    expect(creatable('api-keys', all)).toEqual({ name: 'n', secret: 's' });
    expect(creatable('clients', all)).toEqual({ id: 'one' });
    expect(updatable('clients', all)).toEqual({ state: 'disabled' });
    expect(updatable('roles', all)).toEqual({ name: 'n' });
  });

  it.each(['api-keys', 'outbox', 'audit', 'constructor'])('change nothing of %s', (resource) => {
    expect(() => updatable(resource, all)).toThrow(`No form writes ${resource}`);
  });

  it('send the rules of a policy that were changed', () => {
    const before = { minLength: 8, refuseCommon: true, specialCharacters: '!' };
    expect(changesOf(before, { ...before, minLength: 9, maxLength: 3 })).toEqual({ minLength: 9 });
    expect(changesOf(before, before)).toEqual({});
  });
});
