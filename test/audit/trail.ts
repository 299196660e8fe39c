import { queryDatabase } from '../support/raw-database.js';
import type { TestGatehouse } from '../support/gatehouse.js';
import { runCommand } from '../support/command-line.js';

/** An event as its row tells it, without when and from where. */
export interface Told {
  readonly kind: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly user_id: string | null;
  readonly object_id: string | null;
  readonly surface: string | null;
}

/** What the trail tells so far, oldest first. */
export async function toldSoFar(server: TestGatehouse): Promise<Told[]> {
  const rows = await queryDatabase(
    server.database,
    'SELECT kind, actor_kind, actor_id, user_id, object_id, surface FROM audit_events ORDER BY at, id',
  );
  return rows.map((row) => ({ ...row }) as unknown as Told);
}

/** What the trail tells of `act`. */
export async function toldOf(server: TestGatehouse, act: () => Promise<unknown>): Promise<Told[]> {
  const before = (await toldSoFar(server)).length;
  await act();
  return (await toldSoFar(server)).slice(before);
}

/** Waits until every event has its seal. */
export async function sealed(server: TestGatehouse): Promise<void> {
  for (;;) {
    const [pending] = await queryDatabase(server.database, 'SELECT event_id FROM audit_pending LIMIT 1');
    if (!pending) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Asks `gatehouse audit verify --json` of a process of its own. */
export async function verify(server: TestGatehouse, secretKey: string) {
  const environment = {
    DATA_DIR: server.dataDir,
    DATABASE_URL: server.database.url,
    SECRET_KEY: secretKey,
    LOG_LEVEL: 'error',
  };
  const { code, out } = await runCommand(environment, 'audit', 'verify', '--json');
  return { code, ...(JSON.parse(out) as { holds: boolean; seq: number; faults: { fault: string }[] }) };
}
