// Lists and searches over a million users, two million sessions and three million audit events.
// Run: npm run build && node bench/lists.mjs   (DATABASE_URL of an empty PostgreSQL; else SQLite)
import { performance } from 'node:perf_hooks';
import { seed, USERS, idOf, HEAVY } from './million.mjs';
import { startGatehouse, stopServers, register } from './server.mjs';

const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 400);
const AT_ONCE = Number(process.env.BENCH_AT_ONCE ?? 1);
const EMAIL = 'zz-bench@example.com';
const PASSWORD = 'bench bench bench';

const any = (list) => list[Math.floor(Math.random() * list.length)];
const someone = () => idOf(1 + Math.floor(Math.random() * USERS));
const letters = (count) =>
  Array.from({ length: count }, () => any([...'abcdefghijklmnopqrstuvwxyz'])).join('');
const day = () => new Date(Date.now() - Math.random() * 90 * 86_400_000).toISOString();

/** What administrators ask for, each time another page of it. */
const WORK = {
  'users: any page': () => `/v1/users?limit=100&cursor=${someone()}`,
  'users: one filter': () =>
    `/v1/users?limit=100&${any(['state=blocked', 'state=active', 'level=admin', 'level=member', 'type=seller', 'type=customer'])}&cursor=${someone()}`,
  'users: filters that few or none meet': () =>
    `/v1/users?limit=100&${any(['type=admin&state=blocked', 'type=seller&level=superuser', 'level=manager&state=new', 'type=customer&level=admin&state=blocked'])}`,
  'users: prefix, one letter': () => `/v1/users?limit=100&q=${letters(1)}`,
  'users: prefix of a name': () =>
    `/v1/users?limit=25&q=${any(['anna', 'jan', 'maria', 'piotr', 'zo', 'u12', 'u9999'])}${any(['', '1', '42', '777'])}`,
  'users: prefix and a filter that few meet': () => `/v1/users?limit=25&q=${letters(1)}&state=blocked`,
  'users: prefix that nobody has': () => `/v1/users?limit=25&q=${letters(6)}`,
  'users: one': () => `/v1/users/${someone()}`,
  'accounts: any page': () => `/v1/accounts?limit=100&cursor=${Math.floor(Math.random() * USERS)}`,
  'sessions of somebody': () => `/v1/users/${someone()}/sessions?limit=100`,
  'sessions of who has 100,000, nearly all ended': () => `/v1/users/${HEAVY}/sessions?limit=100`,
  'audit: newest': () => `/v1/audit?limit=100`,
  'audit: of a time': () => `/v1/audit?limit=100&to=${day()}`,
  'audit: of somebody': () => `/v1/audit?limit=100&user=${someone()}`,
  'audit: by somebody': () => `/v1/audit?limit=100&actor=${someone()}`,
  'audit: a rare kind': () =>
    `/v1/audit?limit=100&kind=${any(['user.erased', 'role.created', 'key.revoked'])}&to=${day()}`,
  'audit: a common kind of a time': () => `/v1/audit?limit=100&kind=session.opened&to=${day()}`,
  'audit: of who has 300,000, a kind that he has not': () =>
    `/v1/audit?limit=100&user=${HEAVY}&kind=${any(['user.erased', 'role.created'])}&to=${day()}`,
};

try {
  const dataUrl = process.env.DATABASE_URL;
  const first = await startGatehouse(4805, dataUrl ? { DATABASE_URL: dataUrl } : {});
  await register(first.url, EMAIL, PASSWORD);
  first.child.kill();
  await new Promise((resolve) => first.child.once('exit', resolve));
  await seed(dataUrl ?? `sqlite:${first.dataDir}/gatehouse.sqlite`, EMAIL);
  const { url } = await startGatehouse(4806, {
    DATA_DIR: first.dataDir,
    ...(dataUrl ? { DATABASE_URL: dataUrl } : {}),
  });
  const headers = { authorization: `Bearer ${await signIn(url)}` };
  for (const [name, next] of Object.entries(WORK)) {
    const times = await measure(url, headers, next);
    const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
    console.log(`${name.padEnd(55)} p50 ${at(0.5).padStart(6)} ms  p99 ${at(0.99).padStart(6)} ms`);
  }
} finally {
  stopServers();
}

async function measure(url, headers, next) {
  const times = [];
  let left = REQUESTS;
  const worker = async () => {
    while (left-- > 0) {
      const path = next();
      const start = performance.now();
      const answer = await fetch(url + path, { headers });
      await answer.arrayBuffer();
      times.push(performance.now() - start);
      if (answer.status !== 200) throw new Error(`${path} was answered ${answer.status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return times.sort((one, other) => one - other);
}

async function signIn(url) {
  const answer = await fetch(`${url}/api/v1.1/auth/login/`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: EMAIL, password: PASSWORD }),
  });
  return (await answer.json()).token;
}
