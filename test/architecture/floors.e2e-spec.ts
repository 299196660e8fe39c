import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = process.cwd();

/** A small house in good order: each file with what it imports, and every import points down. */
const SOUND: Record<string, readonly string[]> = {
  'common/clock.ts': [],
  'config/config.ts': ['../common/clock.js'],
  'database/db.ts': ['typeorm', '../config/config.js', '../common/clock.js'],
  'users/user.entity.ts': ['typeorm'],
  'users/users.repository.ts': ['typeorm', '../database/db.js', './user.entity.js'],
  'users/users.service.ts': ['./users.repository.js', '../common/clock.js'],
  // Half of a circle that is told of its first file.
  'users/circle-two.ts': ['./circle-one.js'],
  'mail/mail.service.ts': ['../database/db.js'],
  'grants/grants.service.ts': ['../users/users.service.js'],
  'accounts/accounts.service.ts': ['../grants/grants.service.js', '../mail/mail.service.js'],
  'surfaces/one/one.controller.ts': ['../../accounts/accounts.service.js'],
  'surfaces/two/two.controller.ts': ['../../accounts/accounts.service.js'],
  'app.module.ts': ['./surfaces/one/one.controller.js', './surfaces/two/two.controller.js'],
};

/** What must be refused: a file, what it imports, and the rule that it breaks. */
const FAULTY: readonly [file: string, imported: string, rule: string][] = [
  ['users/upward.service.ts', '../grants/grants.service.js', 'floor-2-imports-only-down'],
  ['common/upward.ts', '../accounts/accounts.service.js', 'floor-0-imports-only-down'],
  ['grants/composing.service.ts', '../app.module.js', 'floor-4-imports-only-down'],
  ['mail/sideways.service.ts', '../users/users.service.js', 'floor-2-no-sideways'],
  ['surfaces/two/sibling.controller.ts', '../one/one.controller.js', 'no-surface-to-surface'],
  ['common/curious.ts', '../database/db.js', 'common-knows-nothing'],
  ['config/curious.ts', '../database/db.js', 'config-knows-common'],
  ['secrets/curious.ts', '../database/db.js', 'floor-0-knows-config-and-common'],
  ['users/careless.service.ts', 'typeorm', 'typeorm-only-in-repositories'],
  ['surfaces/one/storing.controller.ts', '../../users/users.repository.js', 'surfaces-without-storage'],
  ['grants/foreign.service.ts', '../users/user.entity.js', 'entities-stay-in-their-room'],
  ['users/circle-one.ts', './circle-two.js', 'no-circular'],
];

const importing = (imported: string, index: number, isType = false) =>
  `import ${isType ? 'type ' : ''}* as it${index} from '${imported}';\nexport ${isType ? `type T${index} = typeof` : `const _${index} =`} it${index};`;

/** Checks a house with the configuration of `npm run floors`; answers `file: rule` of every fault. */
function faultsOf(files: Record<string, string>): Promise<string[]> {
  const house = mkdtempSync(join(process.env['TEST_ROOT']!, 'house-'));
  for (const shared of ['node_modules', 'tsconfig.json'])
    symlinkSync(join(ROOT, shared), join(house, shared));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, 'src', path)), { recursive: true });
    writeFileSync(join(house, 'src', path), `${text}\n`);
  }
  const cruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const words = [cruise, '--config', join(ROOT, '.dependency-cruiser.cjs'), '-T', 'json', 'src'];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, words, { cwd: house, maxBuffer: 64 * 1024 * 1024 }, (_error, out, err) => {
      try {
        const { summary } = JSON.parse(out) as {
          summary: { violations: { from: string; rule: { name: string } }[] };
        };
        resolve(
          summary.violations.map(({ from, rule }) => `${from.replace(/^src\//, '')}: ${rule.name}`).sort(),
        );
      } catch (error) {
        reject(new Error(err, { cause: error }));
      }
    });
  });
}

describe('the floors of the house', () => {
  it.each([
    ['values', false],
    ['types alone', true],
  ])(
    'refuse every import of %s that points up or sideways, and nothing else',
    async (_what, isType) => {
      const files: Record<string, string> = {};
      for (const [file, imports] of Object.entries(SOUND)) {
        files[file] = imports.map((imported, index) => importing(imported, index)).join('\n') || 'export {};';
      }
      for (const [file, imported] of FAULTY) files[file] = importing(imported, 0, isType);
      expect(await faultsOf(files)).toEqual(FAULTY.map(([file, , rule]) => `${file}: ${rule}`).sort());
    },
    60_000,
  );
});
