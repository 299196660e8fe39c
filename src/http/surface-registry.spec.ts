import type { FastifyRequest } from 'fastify';
import { nativeSurface, unclaimedPaths } from './native.surface.js';
import { SurfaceRegistry } from './surface-registry.js';
import type { Surface } from './surface.js';

function surface(name: string, ...segments: string[]): Surface {
  return {
    name,
    segments,
    carriers: [],
    cors: 'none',
    presentError: () => ({ status: 500, body: undefined }),
  };
}

describe('SurfaceRegistry', () => {
  const registry = new SurfaceRegistry();
  registry.register(surface('romeo', '/api', '/api/user', '/logout'));
  registry.register(surface('gemini', '/api/users'));
  registry.register(surface('datastore', '/api/v1.1', '/c'));

  it.each([
    ['/api/user', 'romeo'],
    ['/api/user/', 'romeo'],
    ['/api/users', 'gemini'],
    ['/api/users/7/delete?x=/c', 'gemini'],
    ['/api/usersx', 'romeo'],
    ['/api', 'romeo'],
    ['/api/v1.1/account/me/', 'datastore'],
    ['/api/v1x1', 'romeo'],
    ['/c', 'datastore'],
    ['/c?x', 'datastore'],
    ['/cockpit', 'native'],
    ['/v1/users', 'native'],
    ['/', 'native'],
    ['', 'native'],
    ['*', 'native'],
    ['//api/users', 'native'],
    ['/API/users', 'native'],
    ['/%61pi/users', 'gemini'],
    ['/api%2fusers', 'native'],
    ['/%zz', 'native'],
    ['http://host/api/users', 'gemini'],
    ['http://host', 'native'],
    [`/api${'/x'.repeat(8_000)}`, 'romeo'],
  ])('gives %s to %s', (path, name) => {
    expect(registry.find(path).name).toBe(name);
  });

  it('gives what nobody claims the shape of the native API, and no CORS', () => {
    const native = registry.find('/v1/me');
    expect(native).toBe(nativeSurface);
    expect(native.cors).toBe('credentialed');
    for (const path of ['/', '/v1x', '/docs', '*']) {
      expect(registry.find(path)).toEqual({ ...native, segments: [], cors: 'none' });
    }
  });

  it('fails when two surfaces claim one prefix, and then takes nothing of the second', () => {
    expect(() => registry.register(surface('other', '/new', '/api/users'))).toThrow(
      'Surfaces gemini and other both claim /api/users',
    );
    expect(registry.find('/new').name).toBe('native');
    expect(registry.all().map(({ name }) => name)).toEqual(['native', 'romeo', 'gemini', 'datastore']);
  });

  it.each(['', '/', 'api', '/api/', '/a//b', '/a?b', '/a b', '/%61'])('refuses %j as a prefix', (prefix) => {
    expect(() => registry.register(surface('other', prefix))).toThrow('whole segments');
  });

  it('takes the surface of the matched route, not of the path as it was spelt', () => {
    const request = (url: string | undefined, originalUrl: string) =>
      ({ routeOptions: { url }, originalUrl }) as unknown as FastifyRequest;
    expect(registry.of(request('/api/users/:id', '/v1/decoy')).name).toBe('gemini');
    expect(registry.of(request('/api/users/:id', '/v1/decoy')).name).toBe('gemini');
    expect(registry.of(request(undefined, '/c/nothing')).name).toBe('datastore');
    expect(registry.of(request('/*', '/c/file')).name).toBe('datastore');
  });

  it('learns of a surface that registers after a look-up', () => {
    const late = new SurfaceRegistry();
    const request = { routeOptions: { url: '/late/x' }, originalUrl: '/late/x' } as unknown as FastifyRequest;
    expect(late.of(request)).toBe(unclaimedPaths);
    late.register(surface('late', '/late'));
    expect(late.of(request).name).toBe('late');
  });
});
