import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DeclaredClient } from '../../src/accounts/declared-client.js';
import { HOUR } from '../../src/common/clock.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { sql } from '../../src/database/sql.js';
import { outcome, type Answer } from './api.js';
import { cookieOf } from './cookies.js';
import { makePerson, mailedToken, signIn, type PersonFields } from './declared-people.js';
import { PUBLIC_URL, type TestGatehouse } from './gatehouse.js';
import { declareClient } from './oauth-clients.js';

/** A request of any surface; `{{name}}` in it stands for a value that a step before it has named. */
export interface ExampleRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; with a `content-type` of forms, its members are sent as a form's fields. */
  readonly body?: unknown;
}

/**
 * What must be there before an example's request is sent. `as` names a value for `{{name}}` in it;
 * `take` names members of an answer, each by its path: `{"token": "data.token"}` after any sign-in;
 * `set-cookie` is the cookie that it sets.
 */
export type Step =
  | { readonly user: PersonFields }
  | { readonly client: Partial<DeclaredClient> }
  | { readonly signIn: { readonly email: string; readonly password: string }; readonly as: string }
  | { readonly request: ExampleRequest; readonly take?: Readonly<Record<string, string>> }
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
  readonly request: ExampleRequest;
  /** The body as the document prints it: each of its members must be there, of the same type, at every depth. */
  readonly documented?: Readonly<Record<string, unknown>>;
  /** The whole answer; PLACEHOLDERS such as `<uuid>` stand for what differs each time, `{{name}}` as in requests. */
  readonly expected: { readonly status: number; readonly body: unknown };
  /** Whether the answer sets a session cookie, where the document says so. */
  readonly setsCookie?: boolean;
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

/**
 * Sends an example's request to a server that knows nobody but whom the example tells of; compares the
 * answer. `known` are values that a file cannot hold, by their `{{name}}`.
 */
export async function checkExample(
  server: TestGatehouse,
  example: Example,
  known: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  await forgetEverybody(server);
  const values = new Map(Object.entries(known));
  for (const step of example.given ?? []) await prepare(server, step, values);
  const answer = await send(server, example.request, values);
  expect(outcome(answer)).toEqual(expectedOf(fillIn(example.expected, values)));
  const { documented } = example;
  if (documented) expect(shapeOf(answer.body, documented)).toEqual(shapeOf(documented, documented));
  if (example.setsCookie !== undefined) expect(cookieOf(answer) !== '').toBe(example.setsCookie);
  return answer;
}

/** What an answer is compared with: placeholders become patterns. */
function expectedOf(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('<') ? expect.stringMatching(patternOf(value)) : value;
  if (Array.isArray(value)) return value.map(expectedOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, expectedOf(member)]));
}

const PLACEHOLDERS: Readonly<Record<string, string>> = {
  uuid: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
  token: '[0-9a-f]{40}',
  date: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`,
  instant: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`,
  jwt: String.raw`[\w-]+\.[\w-]+\.[\w-]+`,
  number: String.raw`[1-9]\d*`,
  sha256: '[0-9a-f]{64}',
  refresh: '[0-9a-f]{128}',
  offset: String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000`,
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

/** The types of the members that `model` has, of the items of lists by its first one. */
function shapeOf(value: unknown, model: unknown): unknown {
  if (Array.isArray(model)) {
    if (!Array.isArray(value)) return typeof value;
    return model.length === 0 ? [] : value.map((item) => shapeOf(item, model[0])).slice(0, 1);
  }
  if (typeof model !== 'object' || model === null) return value === null ? null : typeof value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return typeof value;
  const members = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(model).map(([name, member]) => [name, shapeOf(members[name], member)]),
  );
}

function send(
  server: TestGatehouse,
  request: ExampleRequest,
  values: ReadonlyMap<string, string>,
): Promise<Answer> {
  const { method, path, headers, body } = fillIn(request, values);
  const isForm = headers?.['content-type'] === 'application/x-www-form-urlencoded';
  const sent =
    isForm && body !== undefined ? new URLSearchParams(body as Record<string, string>).toString() : body;
  return server.api.send(method, path, sent, headers);
}

async function prepare(server: TestGatehouse, step: Step, values: Map<string, string>): Promise<void> {
  if ('user' in step) await makePerson(server, step.user);
  else if ('client' in step) await declareClient(server, step.client);
  else if ('signIn' in step) values.set(step.as, await signIn(server, step.signIn));
  else if ('request' in step) takeFrom(await send(server, step.request, values), step, values);
  else if ('mailedToken' in step) values.set(step.as, await mailedToken(server, step.mailedToken.to));
  else server.clock.advance(step.hoursPass * HOUR);
}

/** Keeps the members of an answer that a step names, so that what comes after may say them. */
function takeFrom(
  { status, headers, body }: Answer,
  { request, take = {} }: Extract<Step, { request: unknown }>,
  values: Map<string, string>,
): void {
  if (status >= 400) throw new Error(`${request.method} ${request.path} was refused: ${status}`);
  for (const [name, path] of Object.entries(take)) {
    const member = path.split('.').reduce((at: unknown, key) => (at as Record<string, unknown>)[key], body);
    // A cookie as a browser sends it along: its name and value.
    const value = path === 'set-cookie' ? headers.get(path)?.split(';')[0] : member;
    if (typeof value !== 'string') throw new Error(`${request.path} answered no ${path}`);
    values.set(name, value);
  }
}

function fillIn<T>(value: T, values: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(value).replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const known = values.get(name);
    if (known === undefined) throw new Error(`No step named ${name}`);
    return known;
  });
  return JSON.parse(text) as T;
}

/** Takes every user, client and mail away, so that each example finds its own address free. */
async function forgetEverybody(server: TestGatehouse): Promise<void> {
  await server.get(UnitOfWork).run(async (tx) => {
    for (const statement of [
      sql`DELETE FROM outbox`,
      sql`DELETE FROM mail_quota`,
      sql`DELETE FROM one_time_tokens`,
      sql`DELETE FROM users`,
      sql`DELETE FROM clients`,
      sql`DELETE FROM declarations`,
    ]) {
      await tx.execute(statement);
    }
  });
  const mailbox = join(server.dataDir, 'mailbox');
  for (const name of readdirSync(mailbox)) rmSync(join(mailbox, name), { force: true });
}
