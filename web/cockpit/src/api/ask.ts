import { confirmAgain } from '../confirm/confirmation.js';
import { Problem, type ProblemBody } from './problem.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Question {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether somebody who has to show again who he is, is asked to. By default he is. */
  readonly mayConfirm?: boolean;
}

export interface Answer<Body> {
  readonly body: Body;
  /** The entity tag of what was read, for a later `If-Match`. */
  readonly etag: string | null;
}

const PATIENCE_MS = 30_000;

/**
 * Asks the native API with the session of this browser. Where it wants to know again who is asking, he
 * shows it first, and the question is put once more.
 * @throws Problem
 */
export function ask<Body>(method: Method, path: string, question: Question = {}): Promise<Answer<Body>> {
  return confirmed(question.mayConfirm ?? true, () => once<Body>(method, path, question));
}

/** A file that the native API answers, and the name that it gives it. @throws Problem */
export function askForFile(path: string): Promise<{ readonly content: Blob; readonly name: string }> {
  return confirmed(true, async () => {
    const response = await send('GET', path, undefined);
    if (!response.ok) throw new Problem(response.status, parse(await textOf(response)) as ProblemBody);
    const [, name] = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
    return { content: new Blob([await textOf(response)], { type: 'application/json' }), name: name ?? '' };
  });
}

async function confirmed<Body>(mayConfirm: boolean, attempt: () => Promise<Body>): Promise<Body> {
  try {
    return await attempt();
  } catch (error) {
    const isStale = error instanceof Problem && error.code === 'reauthentication-required';
    if (!isStale || !mayConfirm || !(await confirmAgain())) throw error;
    return attempt();
  }
}

async function once<Body>(method: Method, path: string, { body, headers }: Question): Promise<Answer<Body>> {
  const response = await send(method, path, body, headers);
  const read = parse(await textOf(response));
  if (!response.ok) throw new Problem(response.status, read as ProblemBody);
  return { body: read as Body, etag: response.headers.get('etag') };
}

async function send(method: Method, path: string, body: unknown, headers = {}): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Problem(0, {});
  }
}

/** An answer that breaks off is none. */
async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    throw new Problem(0, {});
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}
