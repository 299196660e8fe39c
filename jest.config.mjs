import { readFileSync } from 'node:fs';

// Two projects: `unit` touches neither Nest nor a database and lies beside the code; `http` runs the
// real application on a real database (TEST_DATABASE=sqlite|postgres) over real HTTP.
const swc = { ...JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8')), swcrc: false };

const common = {
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^#migrations$': '<rootDir>/migrations/index.ts',
    // ESM-only under jest's vm modules on Node 20: aliases of the CommonJS versions.
    '^cookie$': 'cookie-cjs',
    '^content-disposition$': 'content-disposition-cjs',
  },
  testEnvironment: 'node',
};

export default {
  maxWorkers: 2,
  workerIdleMemoryLimit: '700MB',
  // A busy machine may take longer than jest's 5 s to start a server; what hangs still fails.
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/test/unit/**/*.spec.ts'],
    },
    {
      ...common,
      displayName: 'http',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
