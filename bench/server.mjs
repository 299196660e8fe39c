// Starts a server of a benchmark, pinned to core 0, and reads what the kernel counts of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const running = [];

/** Resolves when something listens on the port. */
export async function startServer(args, environment, port) {
  const child = spawn('taskset', ['-c', '0', process.execPath, ...args], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const server = { child, url: `http://127.0.0.1:${port}` };
  running.push(server);
  for (let attempt = 0; attempt < 200; attempt++) {
    const isUp = await fetch(server.url).then(
      () => true,
      () => false,
    );
    if (isUp) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on ${port}`);
}

/** A Gatehouse on a fresh database; DATABASE_URL is passed on. */
export async function startGatehouse(port, environment = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const server = await startServer(
    ['dist/main.js'],
    { DATA_DIR: dataDir, PORT: String(port), RATE_LIMITS: 'off', ...environment },
    port,
  );
  server.dataDir = dataDir;
  return server;
}

export function stopServers() {
  for (const { child, dataDir } of running) {
    child.kill();
    if (dataDir) rmSync(dataDir, { recursive: true, force: true });
  }
}

/** CPU seconds of a process so far. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Registers a user at document 004; answers his token. */
export async function register(url, email, password) {
  const answer = await fetch(`${url}/api/v1.1/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password1: password, password2: password }),
  });
  return (await answer.json()).token;
}
