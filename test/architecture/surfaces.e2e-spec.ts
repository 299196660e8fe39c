import { readdirSync } from 'node:fs';
import { SurfaceRegistry } from '../../src/http/surface-registry.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { handlersOf } from '../support/routes.js';

const FOLDERS = readdirSync('src/surfaces', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the surfaces', () => {
  let server: TestGatehouse;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const surfaces = () => server.get(SurfaceRegistry).all();

  it('are those of src/surfaces, and the native one', () => {
    expect(
      surfaces()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['native', ...FOLDERS].sort());
  });

  it('claim no prefix twice', () => {
    const claims = surfaces().flatMap(({ segments }) => segments);
    expect(claims.length).toBeGreaterThan(FOLDERS.length);
    expect(claims.filter((prefix, index) => claims.indexOf(prefix) !== index)).toEqual([]);
    const [taken] = claims;
    expect(() =>
      server.get(SurfaceRegistry).register({ ...surfaces()[0]!, name: 'second', segments: [taken!] }),
    ).toThrow(`both claim ${taken}`);
  });

  it('answer their own routes: each below a prefix of its surface, and nobody else there', () => {
    const registry = server.get(SurfaceRegistry);
    const strays = handlersOf(server).flatMap(({ module, path, name }) => {
      const folder = FOLDERS.find((candidate) => moduleNameOf(candidate) === module);
      const owner = registry.find(path).name;
      return owner === (folder ?? 'native') ? [] : [`${name} answers ${path}, which is ${owner}'s`];
    });
    expect(strays).toEqual([]);
    for (const folder of FOLDERS) {
      expect(handlersOf(server).some(({ module }) => module === moduleNameOf(folder))).toBe(true);
    }
  });
});

function moduleNameOf(folder: string): string {
  return `${folder.replace(/(^|-)(\w)/g, (_match, _dash, letter: string) => letter.toUpperCase())}Module`;
}
