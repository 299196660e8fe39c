import { pino } from 'pino';
import { startGatehouse, type Gatehouse } from '../../src/bootstrap.js';
import { loadConfig } from '../../src/config/load-config.js';
import { createDataDir, testEnvironment, type TestGatehouse } from './gatehouse.js';

/**
 * Another node on the database of `server`, with the same clock. Of `environment` both must have been
 * given the same `SECRET_KEY`.
 */
export function startSecondNode(
  server: TestGatehouse,
  environment: Readonly<Record<string, string>>,
): Promise<Gatehouse> {
  const whole = { ...testEnvironment(createDataDir(), server.database.url), ...environment };
  return startGatehouse(loadConfig(whole), { clock: server.clock, logger: pino({ level: 'silent' }) });
}
