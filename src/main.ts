import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { startGatehouse, type Gatehouse } from './bootstrap.js';
import type { Config } from './config/config.js';
import { readEnvironment } from './config/environment.js';
import { loadConfig } from './config/load-config.js';
import { LOGGER } from './http/logger.js';
import { ReloadManifests } from './manifests/reload-manifests.service.js';
import { RecodeImage } from './media/recode-image.service.js';
import { startupFault } from './startup-fault.js';

/** A stop that takes longer than this is cut (contract 1). */
const LONGEST_STOP = 7_300;
const LAST_WORDS = 200;

// Whatever this process makes, the database file above all, is its user's alone.
process.umask(0o077);

try {
  const config = loadConfig(readEnvironment());
  const starting = startGatehouse(config);
  reloadOnHangup(starting);
  const gatehouse = await starting;
  stopOnSignals(gatehouse);
  announce(gatehouse, config);
} catch (error) {
  process.stderr.write(`${startupFault(error)}\n`);
  process.exit(1);
}

/** Outside the logger: the link is a secret, and logs are shipped. */
function announce({ address, firstAdminLink }: Gatehouse, config: Config): void {
  const linkFile = join(config.dataDir, 'first-admin.txt');
  process.stdout.write(`Gatehouse is ready at ${config.links.publicUrl} (listening on ${address})\n`);
  if (firstAdminLink) {
    process.stdout.write(`Set the first administrator's password within 24 hours at\n${firstAdminLink}\n`);
  } else if (existsSync(linkFile)) {
    process.stdout.write(`The first administrator has no password yet: his link is in ${linkFile}\n`);
  }
}

/** A hangup that comes while it starts waits: the files may have changed since they were read. */
function reloadOnHangup(starting: Promise<Gatehouse>): void {
  process.on('SIGHUP', () => {
    void starting.then(
      ({ app }) => app.get(ReloadManifests).reload(),
      // A start that fails is told of by itself.
      () => undefined,
    );
  });
}

/**
 * `process.exit` joins the threads of the pool and would wait for an image that one of them decodes. So the
 * images are waited for first, and a process that takes too long kills itself.
 */
function stopOnSignals({ app }: Gatehouse): void {
  const logger = app.get<Logger>(LOGGER);
  const images = app.get(RecodeImage);
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => cut(logger), LONGEST_STOP);
    void app
      .close()
      .then(
        () => 0,
        () => 1,
      )
      .then(async (code) => {
        await images.stopped();
        process.exit(code);
      });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** The log is written by another thread: its last line has a moment to get out, and no more than that. */
function cut(logger: Logger): void {
  logger.error('stopping took too long: the process is cut');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), LAST_WORDS);
}
