import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HOUR } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { sql } from '../../src/database/sql.js';
import type { Answer } from './api.js';
import { makePerson, mailedToken, signIn, type PersonFields } from './declared-people.js';
import { PUBLIC_URL, type TestGatehouse } from './gatehouse.js';

/** What must be there before an example's request is sent; `as` names a value for `{{name}}` in it. */
export type Step =
  | { readonly user: PersonFields }
  | { readonly signIn: { readonly email: string; readonly password: string }; readonly as: string }
  | { readonly post: { readonly path: string; readonly body: unknown } }
  | { readonly mailedToken: { readonly to: string }; readonly as: string }
  | { readonly hoursPass: number };

/** One example of a document, as a file of `examples/` tells it. */
export interface Example {
  readonly name: string;
  /** The document's heading, and its words for the case. */
  readonly section: string;
  readonly condition?: string;
  readonly settings?: Readonly<Record<string, string>>;
  readonly given?: readonly Step[];
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  /** The body as the document prints it: each of its members must be there, of the same type. */
  readonly documented?: Readonly<Record<string, unknown>>;
  /** The whole answer; `<uuid>`, `<token>`, `<date>`, `<mac>` and `<webapp>` stand for what differs each time. */
  readonly expected: { readonly status: number; readonly body: unknown };
}

/** Reads every example of a folder. */
export function readExamples(folder: string): Example[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((file) => ({
      name: file.slice(0, -'.json'.length),
      ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Example, 'name'>),
    }));
}

/** Sends an example's request to a server that knows nobody but whom the example tells of. */
export async function runExample(server: TestGatehouse, example: Example): Promise<Answer> {
  await forgetEverybody(server);
  const values = new Map<string, string>();
  for (const step of example.given ?? []) await prepare(server, step, values);
  const { method, path, headers, body } = fillIn(example.request, values) as Example['request'];
  return server.api.send(method, path, body, headers);
}

/** What an answer is compared with: placeholders become patterns. */
export function expectedOf(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('<') ? expect.stringMatching(patternOf(value)) : value;
  if (Array.isArray(value)) return value.map(expectedOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, expectedOf(member)]));
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  uuid: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  token: '[0-9a-f]{40}',
  date: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`,
  mac: String.raw`[\w.-]+`,
  webapp: PUBLIC_URL.replace(/[.]/g, '\\.'),
};

function patternOf(text: string): RegExp {
  const source = text
    .split(/<(\w+)>/)
    .map((part, index) =>
      index % 2 === 1 ? PLACEHOLDERS[part] : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`);
}

async function prepare(server: TestGatehouse, step: Step, values: Map<string, string>): Promise<void> {
  if ('user' in step) await makePerson(server, step.user);
  else if ('signIn' in step) values.set(step.as, await signIn(server, step.signIn));
  else if ('post' in step) await server.api.post(step.post.path, step.post.body);
  else if ('mailedToken' in step) values.set(step.as, await mailedToken(server, step.mailedToken.to));
  else server.clock.advance(step.hoursPass * HOUR);
}

function fillIn(value: unknown, values: ReadonlyMap<string, string>): unknown {
  const text = JSON.stringify(value).replace(/\{\{(\w+)\}\}/g, (_, name: string) => values.get(name) ?? '');
  return JSON.parse(text);
}

/** Takes every user and mail away, so that each example finds its own address free. */
async function forgetEverybody(server: TestGatehouse): Promise<void> {
  await server.get(UnitOfWork).run(async (tx) => {
    for (const statement of [
      sql`DELETE FROM outbox`,
      sql`DELETE FROM mail_quota`,
      sql`DELETE FROM one_time_tokens`,
      sql`DELETE FROM users`,
    ]) {
      await tx.execute(statement);
    }
  });
  const mailbox = join(server.dataDir, 'mailbox');
  for (const name of readdirSync(mailbox)) rmSync(join(mailbox, name), { force: true });
}
