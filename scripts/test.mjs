// The whole suite: unit once, then the HTTP suite on SQLite and again on PostgreSQL.
import { spawnSync } from 'node:child_process';

const jest = (args, environment = {}) => {
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--no-warnings=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      ...args,
    ],
    { stdio: 'inherit', env: { ...process.env, ...environment } },
  );
  if (status !== 0) process.exit(status ?? 1);
};

const filters = process.argv.slice(2);
if (filters.length === 0) jest(['--selectProjects', 'unit']);
jest(['--selectProjects', 'http', ...filters], { TEST_DATABASE: 'sqlite' });
jest(['--selectProjects', 'http', ...filters], { TEST_DATABASE: 'postgres' });
