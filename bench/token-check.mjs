// Token check against bare Fastify, both pinned to core 0 with the load on core 1, in turns.
// Run: npm run build && node bench/token-check.mjs   (Linux; needs taskset)
// Prints requests/s and CPU microseconds of the server process per request, and the ratio of each pair.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const CONNECTIONS = 32;
const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');

const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
const servers = [];
try {
  const floor = await start(['-e', FASTIFY()], {}, 4801);
  const ours = await start(
    ['dist/main.js'],
    {
      DATA_DIR: dataDir,
      PORT: '4802',
      RATE_LIMITS: 'off',
      HASH_MEMORY_KIB: '64',
      HASH_TIME_COST: '1',
      ...pick('DATABASE_URL'),
    },
    4802,
  );
  const token = await register(ours.url);
  const routes = [
    ['GET /api/v1.1/account/me/', `${ours.url}/api/v1.1/account/me/`, `Token ${token}`],
    ['GET /v1/me', `${ours.url}/v1/me`, `Bearer ${token}`],
  ];
  measure(floor, `${floor.url}/`, '', 2);
  for (const [name, url, authorization] of routes) {
    measure(ours, url, authorization, 2);
    for (let round = 0; round < ROUNDS; round++) {
      const base = measure(floor, `${floor.url}/`, '', SECONDS);
      const mine = measure(ours, url, authorization, SECONDS);
      console.log(
        `${name}  ${mine.rate}/s ${mine.cpu} us | bare Fastify ${base.rate}/s ${base.cpu} us` +
          ` | throughput ${(mine.rate / base.rate).toFixed(3)}, p99 ${mine.p99} ms`,
      );
    }
  }
} finally {
  for (const { child } of servers) child.kill();
  rmSync(dataDir, { recursive: true, force: true });
}

function FASTIFY() {
  return `import('fastify').then(({ default: f }) => { const a = f();
    a.get('/', { schema: { response: { 200: { type: 'object', properties: { hello: { type: 'string' } } } } } },
      (q, r) => r.send({ hello: 'json' }));
    a.listen({ port: 4801 }); });`;
}

async function start(args, environment, port) {
  const child = spawn('taskset', ['-c', '0', process.execPath, ...args], {
    stdio: 'ignore',
    env: { ...process.env, ...environment },
  });
  const server = { child, url: `http://127.0.0.1:${port}` };
  servers.push(server);
  for (let attempt = 0; attempt < 100; attempt++) {
    const isUp = await fetch(server.url).then(
      () => true,
      () => false,
    );
    if (isUp) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing listens on ${port}`);
}

async function register(url) {
  const body = JSON.stringify({
    email: `bench-${Date.now()}@example.com`,
    password1: 'bench bench',
    password2: 'bench bench',
  });
  const answer = await fetch(`${url}/api/v1.1/auth/register/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return (await answer.json()).token;
}

/** One run of the load; CPU time of the server as the kernel counts it. */
function measure(server, url, authorization, seconds) {
  const before = cpuOf(server.child.pid);
  const { stdout } = spawnSync(
    'taskset',
    [
      '-c',
      '1',
      process.execPath,
      autocannon,
      '-j',
      '-c',
      String(CONNECTIONS),
      '-d',
      String(seconds),
      ...(authorization ? ['-H', `authorization=${authorization}`] : []),
      url,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const result = JSON.parse(stdout);
  if (result.non2xx > 0) throw new Error(`${url} was refused ${result.non2xx} times`);
  const total = result.requests.total;
  return {
    rate: Math.round(result.requests.average),
    cpu: Math.round(((cpuOf(server.child.pid) - before) * 1e6) / total),
    p99: result.latency.p99,
  };
}

function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function pick(name) {
  return process.env[name] ? { [name]: process.env[name] } : {};
}
