import { randomUUID } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { CommandFault } from './command-fault.js';

const OWNER_ONLY = 0o600;

/**
 * The faults of an import as CSV, readable by its owner alone. It is written beside, and takes the place of
 * what was there when it is ended. Whatever cannot be written ends the command at once.
 */
export class FaultFile {
  private isBroken = false;

  private constructor(
    private readonly path: string,
    private readonly beside: string,
    private readonly file: number,
  ) {}

  /** @throws CommandFault when it cannot be written, or is the very file that is imported, by whatever name */
  static async open(path: string, imported: string): Promise<FaultFile> {
    const [there, source] = await Promise.all([path, imported].map((one) => stat(one).catch(() => null)));
    if (there && source && there.ino === source.ino && there.dev === source.dev) {
      throw new CommandFault('--errors is the file that is to be imported', 2);
    }
    if (there && !there.isFile()) throw new CommandFault(`--errors: ${path} is no file`, 1);
    const beside = `${path}.${randomUUID()}.part`;
    const file = attempt(path, () => openSync(beside, 'wx', OWNER_ONLY));
    const faults = new FaultFile(path, beside, file);
    faults.write('line,field,fault\n');
    return faults;
  }

  /** @throws CommandFault */
  add(line: number, field: string | null, why: string): void {
    this.write(`${line},${field ?? ''},"${why.replaceAll('"', '""')}"\n`);
  }

  /** @throws CommandFault */
  end(): void {
    if (this.isBroken) return;
    attempt(this.path, () => {
      closeSync(this.file);
      renameSync(this.beside, this.path);
    });
  }

  private write(text: string): void {
    try {
      attempt(this.path, () => {
        const bytes = Buffer.from(text);
        for (let done = 0; done < bytes.length;) done += writeSync(this.file, bytes, done);
      });
    } catch (error) {
      this.isBroken = true;
      closeSync(this.file);
      rmSync(this.beside, { force: true });
      throw error;
    }
  }
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CommandFault(`${path} cannot be written: ${(error as NodeJS.ErrnoException).code}`, 1);
  }
}
