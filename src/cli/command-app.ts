import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createGatehouse } from '../bootstrap.js';
import type { Config } from '../config/config.js';
import { createLogger } from '../http/logger.js';

/**
 * Lets a command use the wired application on the configured database, also while a server runs on
 * it. Warnings go to standard error: standard output is the command's answer and nothing else.
 */
export async function withGatehouse<T>(
  config: Config,
  use: (app: NestFastifyApplication) => Promise<T>,
): Promise<T> {
  const logger = createLogger({ server: { ...config.server, logLevel: 'warn' } }, process.stderr);
  const app = await createGatehouse(config, { logger });
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}
