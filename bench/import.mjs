// Imports generated users with hashes of every kind into an empty database: rows a second, by the clock and by
// the processor time that this process took, which a busy machine does not change much.
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { createGatehouse } from '../dist/bootstrap.js';
import { SYSTEM_ACTOR } from '../dist/common/actor.js';
import { loadConfig } from '../dist/config/load-config.js';
import { createLogger } from '../dist/http/logger.js';
import { ImportFile } from '../dist/imports/import-file.service.js';
import { writePeople } from './import-people.mjs';

const ROWS = Number(process.env.BENCH_ROWS ?? 200_000);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-import-'));
const path = join(folder, 'people.csv');
const ASKED = { source: 'bench', dryRun: false, strict: false, again: false };

async function importInto(name, databaseUrl) {
  const config = loadConfig({ DATA_DIR: folder, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' });
  const app = await createGatehouse(config, { logger: createLogger(config, process.stderr) });
  const watch = { fault: (fault) => console.error(fault), progress: () => undefined };
  const measured = async (what, options) => {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const report = await app.get(ImportFile).import(SYSTEM_ACTOR, { path, format: 'csv' }, options, watch);
    const { user, system } = process.cpuUsage(cpu);
    const [seconds, busy] = [(performance.now() - start) / 1_000, (user + system) / 1_000_000];
    const rate = (time) => Math.round(ROWS / time).toLocaleString('en');
    const counts = `${report.created} created, ${report.faulty} at fault`;
    console.log(
      `${name}, ${what}: ${rate(seconds)} rows/s by the clock (${seconds.toFixed(1)} s), ` +
        `${rate(busy)} by processor time (${busy.toFixed(1)} s); ${counts}; load ${loadavg()[0].toFixed(1)}`,
    );
  };
  await measured('dry run', { ...ASKED, dryRun: true });
  await measured('import', ASKED);
  await app.close();
}

await writePeople(path, ROWS);
await importInto('SQLite', `sqlite:${join(folder, 'bench.sqlite')}`);
const server = process.env.BENCH_POSTGRES_URL;
if (server) {
  const admin = new pg.Client(server);
  await admin.connect();
  await admin.query('DROP DATABASE IF EXISTS gatehouse_bench_import WITH (FORCE)');
  await admin.query('CREATE DATABASE gatehouse_bench_import');
  const url = new URL(server);
  url.pathname = '/gatehouse_bench_import';
  await importInto('PostgreSQL', url.href);
  await admin.query('DROP DATABASE gatehouse_bench_import WITH (FORCE)');
  await admin.end();
}
rmSync(folder, { recursive: true });
