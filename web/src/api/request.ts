/** What a server said. `body` is what its JSON holds, empty when it said none. */
export interface Answer {
  readonly status: number;
  readonly isOk: boolean;
  readonly body: AnswerBody;
  /** Seconds to wait before the next try. */
  readonly retryAfter: number;
}

/** The fields of any answer that the pages look at. */
export interface AnswerBody {
  /** Of a problem (RFC 9457) of the native API. */
  readonly code?: string;
  /** Ways to show a second factor. */
  readonly methods?: readonly string[];
  /** Codes of document 004. */
  readonly _errors?: readonly string[];
  /** Of a problem of the native API: the fields that cannot be taken. */
  readonly errors?: readonly { readonly path: string; readonly rule: string }[];
  readonly token?: string | null;
  /** Of document 002: what is said of each field that cannot be taken. */
  readonly form_errors?: Readonly<Partial<Record<'external_token' | 'username', readonly string[]>>>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const PATIENCE_MS = 30_000;
/** A picture goes slowly over a bad connection, and much comes slowly. */
const LONG_PATIENCE_MS = 600_000;

/**
 * Asks our own server, with the cookie of this browser. A body is sent as JSON, a form as it is. Never
 * throws: null is no answer, after 30 s at the latest; whether the server did what was asked is then
 * unknown.
 */
export function request(method: Method, path: string, body?: unknown): Promise<Answer | null> {
  const patience = body instanceof FormData ? LONG_PATIENCE_MS : PATIENCE_MS;
  return send(method, path, body, patience, async (response) => answerOf(response, await response.text()));
}

/** What was fetched to be kept; without a file, what the server said instead. */
export interface Fetched extends Answer {
  readonly file: Blob | null;
}

/** Fetches what is to be kept as a file. Never throws: null is no answer, or half of one. */
export function fetchFile(path: string): Promise<Fetched | null> {
  return send('GET', path, undefined, LONG_PATIENCE_MS, async (response) =>
    response.ok
      ? { ...answerOf(response, ''), file: await response.blob() }
      : { ...answerOf(response, await response.text()), file: null },
  );
}

async function send<Read>(
  method: Method,
  path: string,
  body: unknown,
  patience: number,
  read: (response: Response) => Promise<Read>,
): Promise<Read | null> {
  const isJson = body !== undefined && !(body instanceof FormData);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), patience);
  try {
    const response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(isJson ? { 'content-type': 'application/json' } : {}) },
      body: isJson ? JSON.stringify(body) : body,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: controller.signal,
    });
    return await read(response);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const answerOf = ({ status, ok, headers }: Response, text: string): Answer => ({
  status,
  isOk: ok,
  body: parse(text),
  retryAfter: Number(headers.get('retry-after')) || 60,
});

function parse(json: string): AnswerBody {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
