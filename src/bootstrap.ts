import 'reflect-metadata';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { FirstAdmin } from './accounts/first-admin.service.js';
import { AppModule } from './app.module.js';
import type { Clock } from './common/clock.js';
import { Overloaded } from './common/errors.js';
import { Config } from './config/config.js';
import { asRefusal } from './database/faults.js';
import { migrate } from './database/migrate.js';
import { Figures } from './figures/figures.service.js';
import { configureHttp } from './http/configure-http.js';
import { createFastifyAdapter } from './http/fastify-adapter.js';
import { createLogger } from './http/logger.js';
import { PinoNestLogger } from './http/pino-nest-logger.js';
import { assertConfiguredFormats } from './mail/configured-formats.js';
import { ApplyManifests } from './manifests/apply-manifests.service.js';
import { MetricsServer } from './metrics/metrics-server.js';
import { serveApiDocs } from './openapi/serve-api-docs.js';
import { ListenFault } from './startup-fault.js';

const DATABASE_PATIENCE = 10_000;
const LOOPBACK = /^(localhost|127\..*|\[::1\])$/;

export interface GatehouseOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** A running Gatehouse. */
export interface Gatehouse {
  readonly app: NestFastifyApplication;
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly address: string;
  /** The link that sets the first administrator's password, when one was made just now. */
  readonly firstAdminLink: string | null;
}

/**
 * Migrates the database, applies the manifests, makes the first administrator where there is none,
 * and listens. Nothing is served before all of that is done.
 * @throws what stands in the way; the database is waited for, 10 s
 */
export async function startGatehouse(config: Config, options: GatehouseOptions = {}): Promise<Gatehouse> {
  const app = await createGatehouse(config, options);
  try {
    await app.init();
    await app.get(ApplyManifests).apply();
    const firstAdminLink = await app.get(FirstAdmin).ensure();
    await listening('METRICS_PORT', app.get(MetricsServer).listen());
    await listening('PORT', app.listen(config.server.port, config.server.host));
    return { app, address: await app.getUrl(), firstAdminLink };
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function listening(variable: ListenFault['variable'], start: Promise<unknown>): Promise<void> {
  try {
    await start;
  } catch (error) {
    throw new ListenFault(variable, error);
  }
}

/** The migrated, wired application, not yet initialised: for the command line and for `startGatehouse`. */
export async function createGatehouse(
  config: Config,
  options: GatehouseOptions = {},
): Promise<NestFastifyApplication> {
  assertConfiguredFormats(config);
  prepareDataDir(config.dataDir);
  const logger = options.logger ?? createLogger(config);
  if (config.production && LOOPBACK.test(new URL(config.links.publicUrl).hostname)) {
    logger.warn(`Links in mails begin with ${config.links.publicUrl}: set PUBLIC_URL`);
  }
  await migrateWhenReachable(config.database.url);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forRoot(config, { ...options, logger }),
    createFastifyAdapter(config),
    { bodyParser: false, logger: new PinoNestLogger(logger), abortOnError: false },
  );
  configureHttp(app);
  // After the last answer and before the database closes.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', () => app.get(Figures).stop());
  serveApiDocs(app);
  return app;
}

function prepareDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
}

async function migrateWhenReachable(databaseUrl: string): Promise<void> {
  const deadline = Date.now() + DATABASE_PATIENCE;
  for (;;) {
    try {
      await migrate(databaseUrl);
      return;
    } catch (error) {
      if (!(asRefusal(error) instanceof Overloaded) || Date.now() > deadline) throw error;
      await delay(250);
    }
  }
}
