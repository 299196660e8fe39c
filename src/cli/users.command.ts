import { stat } from 'node:fs/promises';
import { ImportOvertaken } from '../accounts/moving/moving.errors.js';
import { SYSTEM_ACTOR } from '../common/actor.js';
import type { Config } from '../config/config.js';
import { ExportFile } from '../imports/export-file.service.js';
import { formatOf, IMPORT_FORMATS, ImportFileFaulty, type ImportFormat } from '../imports/import-file.js';
import { ImportFile } from '../imports/import-file.service.js';
import type { ImportReport, ImportWatch, RowFault } from '../imports/import-report.js';
import { withGatehouse } from './command-app.js';
import { CommandFault } from './command-fault.js';
import { FaultFile } from './fault-file.js';
import { oneOf, type Options } from './options.js';
import type { Outcome } from './outcome.js';
import { ProgressBar } from './progress-bar.js';

const DEFAULT_SOURCE = 'import';
const SOURCE = /^[\w.-]{1,64}$/;
/** So many faults are shown; a file of them takes all. */
const MOST_SHOWN = 20;

const USAGE = `use: gatehouse users import <file> [--format ${IMPORT_FORMATS.join('|')}] [--source <name>] [--dry-run] [--strict] [--again]
                              [--errors <file>] [--json]
     gatehouse users export [<file>] [--format ${IMPORT_FORMATS.join('|')}] [--source <name>] [--json]`;

/**
 * Lets users in from a file, also while a server runs, and writes everybody into one. The exit code of
 * an import is 1 when rows were at fault; the others are in all the same, unless it was `--strict`.
 */
export async function runUsers(
  config: Config,
  [verb, path, ...rest]: string[],
  options: Options,
): Promise<string | Outcome> {
  if (rest.length > 0) throw new CommandFault(USAGE, 2);
  const { source = DEFAULT_SOURCE } = options;
  if (!SOURCE.test(source)) throw new CommandFault('--source has 1 to 64 letters, digits, dots, _ or -', 2);
  const asked = oneOf(IMPORT_FORMATS, 'format', options.format);
  if (verb === 'export') return exportUsers(config, path, { source, asked, options });
  if (verb !== 'import' || path === undefined) throw new CommandFault(USAGE, 2);
  const format = asked ?? formatOf(path);
  if (!format) throw new CommandFault(`--format is needed: ${path} does not end in .csv or .jsonl`, 2);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw new CommandFault(`${path} is not a file that can be read`, 1);
  return importUsers(config, { path, format }, { source, options });
}

async function importUsers(
  config: Config,
  file: { path: string; format: ImportFormat },
  { source, options }: { source: string; options: Options },
): Promise<Outcome> {
  const faults = new FaultList(
    options.errors === undefined ? null : await FaultFile.open(options.errors, file.path),
  );
  const bar = new ProgressBar(process.stderr);
  const watch: ImportWatch = {
    fault: (fault) => {
      bar.clear();
      faults.add(fault);
    },
    progress: ({ bytes, totalBytes, isLooking, created, alreadyThere, faulty }) =>
      bar.show(
        bytes / totalBytes,
        `${isLooking ? 'looked at' : 'done with'} ${created + alreadyThere + faulty} rows, ${faulty} at fault`,
      ),
  };
  const { 'dry-run': dryRun = false, strict = false, again = false, json } = options;
  const how = { source, dryRun, strict, again };
  try {
    const report = await withGatehouse(config, (app) =>
      app.get(ImportFile).import(SYSTEM_ACTOR, file, how, watch),
    );
    const exitCode = report.faulty > 0 ? 1 : 0;
    return { text: json ? inJson(report) : inWords(report), exitCode };
  } catch (error) {
    throw explained(error, file.path);
  } finally {
    bar.clear();
    faults.end();
  }
}

async function exportUsers(
  config: Config,
  path: string | undefined,
  { source, asked, options }: { source: string; asked: ImportFormat | undefined; options: Options },
): Promise<string> {
  const format = asked ?? formatOf(path ?? '') ?? (path === undefined ? 'csv' : null);
  if (!format) throw new CommandFault(`--format is needed: ${path} does not end in .csv or .jsonl`, 2);
  return withGatehouse(config, async (app) => {
    const file = app.get(ExportFile);
    if (path === undefined) {
      await file.toStream(SYSTEM_ACTOR, process.stdout, source, format);
      return '';
    }
    const users = await file.toFile(SYSTEM_ACTOR, path, source, format);
    return options.json
      ? JSON.stringify({ users })
      : `${users} users are in ${path}, with the hashes of their passwords`;
  });
}

/** Shows the first faults; all of them go into a file, if one is named, as CSV. */
class FaultList {
  private count = 0;

  constructor(private readonly file: FaultFile | null) {}

  add({ line, field, why }: RowFault): void {
    this.count += 1;
    this.file?.add(line, field, why);
    if (this.count <= MOST_SHOWN)
      process.stderr.write(`line ${line}${field === null ? '' : `, ${field}`}: ${why}\n`);
  }

  /** @throws CommandFault */
  end(): void {
    const more = this.count - MOST_SHOWN;
    if (more > 0) {
      process.stderr.write(
        `and ${more} more${this.file === null ? '; --errors <file> takes them all' : ''}\n`,
      );
    }
    this.file?.end();
  }
}

function inJson({ finishedAt, ...report }: ImportReport): string {
  return JSON.stringify({ ...report, finishedAt: instant(finishedAt) });
}

function inWords({ outcome, created, alreadyThere, faulty, resumedAfter, finishedAt }: ImportReport): string {
  const others = `${alreadyThere} already there, ${faulty} at fault`;
  switch (outcome) {
    case 'looked':
      return `${created} would be created, ${others}; nothing was written`;
    case 'refused':
      return `${faulty} rows are at fault, so nothing was written`;
    case 'finished-before':
      return `This file was imported until ${instant(finishedAt)}: ${created} created, ${others}. --again goes through it once more`;
    case 'imported':
      return `${created} created, ${others}${resumedAfter > 0 ? `; ${resumedAfter} rows were done with before` : ''}`;
  }
}

const instant = (time: number | null) => (time === null ? null : new Date(time).toISOString());

function explained(error: unknown, path: string): unknown {
  if (error instanceof ImportFileFaulty) return new CommandFault(`${path}: ${error.message}`, 1);
  if (error instanceof ImportOvertaken) return new CommandFault('another process imports this file', 1);
  return error;
}
