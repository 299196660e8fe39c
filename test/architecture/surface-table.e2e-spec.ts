import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { packageRoot } from '../../src/common/package-root.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

interface Row {
  readonly method: string;
  readonly path: string;
  readonly handler: string;
}

/** src/surfaces/README.md is written by this file: UPDATE_DOCS=1 npm test -- --testPathPatterns surface-table */
describe('src/surfaces/README.md', () => {
  let server: TestGatehouse;
  const file = join(packageRoot(), 'src/surfaces/README.md');

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  it('lists every route with its handler', () => {
    const written = render(routesOf(server));
    if (process.env['UPDATE_DOCS']) writeFileSync(file, written);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : '').toBe(written);
  });
});

function routesOf(server: TestGatehouse): Row[] {
  const rows: Row[] = [];
  for (const module of server.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, () => unknown>;
      for (const name of Object.getOwnPropertyNames(prototype)) {
        const handler = name === 'constructor' ? undefined : prototype[name];
        const path = handler && (Reflect.getMetadata(PATH_METADATA, handler) as string | undefined);
        if (!handler || path === undefined) continue;
        const base = Reflect.getMetadata(PATH_METADATA, metatype) as string;
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!;
        rows.push({
          method,
          path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
          handler: `${metatype.name}.${name}`,
        });
      }
    }
  }
  return rows.sort((one, other) =>
    `${one.path} ${one.method}`.localeCompare(`${other.path} ${other.method}`, 'en'),
  );
}

function render(rows: readonly Row[]): string {
  const lines = rows.map(({ method, path, handler }) => `| ${method} | \`${path}\` | \`${handler}\` |`);
  return [
    '# Routes',
    '',
    'Generated from the controllers; a test compares (`test/architecture/surface-table.e2e-spec.ts`).',
    '',
    '| method | path | handler |',
    '| --- | --- | --- |',
    ...lines,
    '',
  ].join('\n');
}
