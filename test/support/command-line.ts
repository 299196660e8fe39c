import { execFile } from 'node:child_process';

/** How a run of the command line ended. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `gatehouse <words>` of dist/ as a process of its own and waits for its end. */
export function runCommand(environment: Record<string, string>, ...words: string[]): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['dist/cli/main.js', ...words],
      { env: { PATH: process.env['PATH'], NODE_ENV: 'test', ...environment }, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
    );
  });
}
