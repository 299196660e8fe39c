// Token check against bare Fastify, both pinned to core 0 with the load on core 1, in turns.
// Run: npm run build && node bench/token-check.mjs   (Linux; needs taskset)
// Prints requests/s and CPU microseconds of the server process per request, and the ratio of each pair.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpuSeconds, register, startGatehouse, startServer, stopServers } from './server.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const CONNECTIONS = '32';
const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js');

const BARE_FASTIFY = `import('fastify').then(({ default: fastify }) => {
  const app = fastify();
  const response = { 200: { type: 'object', properties: { hello: { type: 'string' } } } };
  app.get('/', { schema: { response } }, (request, reply) => reply.send({ hello: 'json' }));
  app.listen({ port: 4801 });
});`;

try {
  const floor = await startServer(['-e', BARE_FASTIFY], {}, 4801);
  const ours = await startGatehouse(4802, { HASH_MEMORY_KIB: '64', HASH_TIME_COST: '1' });
  const token = await register(ours.url, `bench-${Date.now()}@example.com`, 'bench bench');
  const routes = [
    ['GET /api/v1.1/account/me/', `${ours.url}/api/v1.1/account/me/`, `Token ${token}`],
    ['GET /v1/me', `${ours.url}/v1/me`, `Bearer ${token}`],
  ];
  measure(floor, `${floor.url}/`, null, 2);
  for (const [name, url, authorization] of routes) {
    measure(ours, url, authorization, 2);
    for (let round = 0; round < ROUNDS; round++) {
      const base = measure(floor, `${floor.url}/`, null, SECONDS);
      const mine = measure(ours, url, authorization, SECONDS);
      const ratio = (mine.rate / base.rate).toFixed(3);
      console.log(
        `${name}  ${mine.rate}/s ${mine.cpu} us, p99 ${mine.p99} ms | bare Fastify ${base.rate}/s ${base.cpu} us | ratio ${ratio}`,
      );
    }
  }
} finally {
  stopServers();
}

function measure(server, url, authorization, seconds) {
  const before = cpuSeconds(server.child.pid);
  const header = authorization ? ['-H', `authorization=${authorization}`] : [];
  const { stdout } = spawnSync(
    'taskset',
    ['-c', '1', process.execPath, autocannon, '-j', '-c', CONNECTIONS, '-d', String(seconds), ...header, url],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const result = JSON.parse(stdout);
  if (result.non2xx > 0) throw new Error(`${url} was refused ${result.non2xx} times`);
  return {
    rate: Math.round(result.requests.average),
    cpu: Math.round(((cpuSeconds(server.child.pid) - before) * 1e6) / result.requests.total),
    p99: result.latency.p99,
  };
}
