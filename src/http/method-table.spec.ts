import { MethodNotAllowed, RouteNotFound } from './http.errors.js';
import { MethodTable } from './method-table.js';

describe('MethodTable', () => {
  const table = new MethodTable();
  table.add('POST', '/api/users');
  table.add(['GET', 'HEAD'], '/api/users');
  table.add('GET', '/api/users');
  table.add('DELETE', '/api/users/:id');
  table.add('PROPFIND', '/api/users/:id');
  table.add('GET', '/assets/*');
  table.add('GET', '/*');
  table.add('GET', '*');

  it.each([
    ['/api/users', ['GET', 'HEAD', 'POST']],
    ['/api/users/', ['GET', 'HEAD', 'POST']],
    ['/api/users?x=1', ['GET', 'HEAD', 'POST']],
    ['/%61pi/users', ['GET', 'HEAD', 'POST']],
    ['/api/users/7', ['DELETE', 'PROPFIND']],
    ['/api/users//', []],
    ['/assets/a/b.js', ['GET']],
    ['/nothing', []],
    ['/%zz', []],
    ['*', []],
    [`/api/users/${'x'.repeat(2_000)}`, []],
  ])('knows the methods of %s', (target, methods) => {
    expect(table.methodsAt(target)).toEqual(methods);
  });

  it('refuses a wrong method with the right ones, and everything else as not found', () => {
    const refusal = table.refusal('PUT', '/api/users');
    expect(refusal).toBeInstanceOf(MethodNotAllowed);
    expect(refusal.params).toEqual({ allow: ['GET', 'HEAD', 'POST'] });
    expect(table.refusal('GET', '/nothing')).toBeInstanceOf(RouteNotFound);
    expect(table.refusal('GET', '/api/users')).toBeInstanceOf(RouteNotFound);
  });
});
