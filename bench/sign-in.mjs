// Sign-ins and registrations per second against raw argon2id hashes per second with the same
// parameters, both pinned to core 0, in turns; and the token check while sign-ins are in flight.
// Run: npm run build && node bench/sign-in.mjs   (Linux; needs taskset)
import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { register, startGatehouse, stopServers } from './server.mjs';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 5);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const IN_FLIGHT = 32;
const PASSWORD = 'bench bench bench';

const RAW = `import('@node-rs/argon2').then(async ({ hash }) => {
  const end = performance.now() + ${SECONDS * 1000}; let done = 0;
  while (performance.now() < end) { await hash('${PASSWORD}', { memoryCost: 19456, timeCost: 2, parallelism: 1 }); done++; }
  console.log(done / ${SECONDS});
});`;

try {
  const { url } = await startGatehouse(4803);
  const token = await register(url, 'bench@example.com', PASSWORD);
  await during(1, () => signIn(url));
  for (let round = 0; round < ROUNDS; round++) {
    const raw = Number(
      spawnSync('taskset', ['-c', '0', process.execPath, '-e', RAW], { encoding: 'utf8' }).stdout,
    );
    const signIns = await during(SECONDS, () => signIn(url));
    let next = 0;
    const registrations = await during(SECONDS, () =>
      register(url, `bench-${round}-${next++}@example.com`, PASSWORD),
    );
    console.log(
      `raw argon2id ${raw.toFixed(1)}/s | sign-in ${signIns.toFixed(1)}/s, ratio ${(signIns / raw).toFixed(3)}` +
        ` | registration ${registrations.toFixed(1)}/s, ratio ${(registrations / raw).toFixed(3)}`,
    );
  }
  const idle = await checks(url, token, SECONDS);
  const [busy] = await Promise.all([checks(url, token, SECONDS), during(SECONDS, () => signIn(url))]);
  console.log(`token check at 50/s: idle ${show(idle)} | with ${IN_FLIGHT} sign-ins in flight ${show(busy)}`);
} finally {
  stopServers();
}

async function signIn(url) {
  const answer = await fetch(`${url}/api/v1.1/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'bench@example.com', password: PASSWORD }),
  });
  if (answer.status !== 200) throw new Error(`a sign-in was answered ${answer.status}`);
  await answer.arrayBuffer();
}

/** Keeps IN_FLIGHT jobs going and answers how many ended per second. */
async function during(seconds, job) {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) {
      await job();
      done++;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  return done / ((performance.now() - start) / 1000);
}

/** Token checks at 50 a second; answers their sorted times in ms. */
async function checks(url, token, seconds) {
  const times = [];
  const pending = [];
  for (let index = 0; index < seconds * 50; index++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const start = performance.now();
    const check = fetch(`${url}/api/v1.1/account/me/`, { headers: { authorization: `Token ${token}` } });
    pending.push(
      check.then((answer) => answer.arrayBuffer()).then(() => times.push(performance.now() - start)),
    );
  }
  await Promise.all(pending);
  return times.sort((one, other) => one - other);
}

function show(times) {
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}
