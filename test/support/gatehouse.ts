import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { startGatehouse, type Gatehouse } from '../../src/bootstrap.js';
import { loadConfig } from '../../src/config/load-config.js';
import { createLogger } from '../../src/http/logger.js';
import { TestApi } from './api.js';
import { TestMailbox } from './mailbox.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** A real Gatehouse on a real database, listening on a port of its own. */
export interface TestGatehouse {
  readonly gatehouse: Gatehouse;
  readonly api: TestApi;
  readonly mailbox: TestMailbox;
  readonly clock: TestClock;
  readonly database: TestDatabase;
  readonly dataDir: string;
  /** Everything that was logged, as one text. */
  log(): string;
  get<T>(token: abstract new (...args: never[]) => T): T;
  stop(): Promise<void>;
}

export const PUBLIC_URL = 'http://id.gatehouse.test';

/** The environment of a test's Gatehouse: cheap hashes, no limits, everything else as by default. */
export function testEnvironment(dataDir: string, databaseUrl: string): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    PORT: '0',
    PUBLIC_URL,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: randomBytes(32).toString('base64'),
    HASH_MEMORY_KIB: '64',
    HASH_TIME_COST: '1',
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'debug',
  };
}

export function createDataDir(): string {
  return mkdtempSync(join(process.env['TEST_ROOT']!, 'data-'));
}

export async function startTestGatehouse(environment: Record<string, string> = {}): Promise<TestGatehouse> {
  const dataDir = createDataDir();
  const database = await createTestDatabase(dataDir);
  const clock = new TestClock();
  const lines: string[] = [];
  mkdirSync(dataDir, { recursive: true });
  const config = loadConfig({ ...testEnvironment(dataDir, database.url), ...environment });
  const logger = createLogger(config, { write: (line: string) => void lines.push(line) });
  const gatehouse = await startGatehouse(config, { clock, logger });
  return {
    gatehouse,
    api: new TestApi(gatehouse.address),
    mailbox: new TestMailbox(dataDir),
    clock,
    database,
    dataDir,
    log: () => lines.join(''),
    get: (token) => gatehouse.app.get(token as never),
    stop: async () => {
      await gatehouse.app.close();
      await database.drop();
    },
  };
}
