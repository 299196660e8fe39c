import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { TestApi } from './api.js';

const MAIN = resolve('dist/main.js');
const READY = /^Gatehouse is ready at (\S+) \(listening on (\S+)\)$/m;

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Gatehouse of its own: `node dist/main.js` with an environment that is given and no other. */
export class GatehouseProcess {
  stdout = '';
  stderr = '';
  /** When it and all that it wrote has come to its end. */
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private readonly watchers = new Set<() => void>();

  constructor(environment: Record<string, string>) {
    this.child = spawn(process.execPath, [MAIN], {
      // A folder without a `.env`.
      cwd: mkdtempSync(join(process.env['TEST_ROOT']!, 'cwd-')),
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
      this[stream] += chunk.toString('utf8');
      for (const look of this.watchers) look();
    };
    this.child.stdout?.on('data', collect('stdout'));
    this.child.stderr?.on('data', collect('stderr'));
    this.ended = once(this.child, 'close').then(([code, signal]) => ({ code, signal }));
    running.add(this);
    void this.ended.then(() => running.delete(this));
  }

  /** Speaks to it as soon as it serves. @throws when it ends before, with what it wrote. */
  async ready(): Promise<TestApi> {
    const [, , address] = await this.printed(READY);
    return new TestApi(address ?? '');
  }

  /** Resolves once standard output matches. @throws when the process ends without. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const match = pattern.exec(this.stdout);
        if (match) resolve(match);
      };
      this.watchers.add(look);
      look();
    });
    const early = this.ended.then(({ code, signal }) => {
      throw new Error(`Gatehouse ended (${code ?? signal}) first:\n${this.stdout}${this.stderr}`);
    });
    return Promise.race([found, early]);
  }

  /** What it printed outside the logger. */
  get announced(): string {
    return this.stdout.replace(/^\{.*\}\n/gm, '');
  }

  /** The log: lines of JSON. */
  get log(): string {
    return (this.stdout.match(/^\{.*\}$/gm) ?? []).join('\n');
  }

  /** Sends a signal that does not end it. */
  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Sends a signal and waits for the end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ending> {
    this.child.kill(signal);
    return this.ended;
  }
}

const running = new Set<GatehouseProcess>();

/** Kills whatever a test has left running. */
export async function killProcesses(): Promise<void> {
  await Promise.all([...running].map((one) => one.stop('SIGKILL')));
}

/** A port of this machine that nothing listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
