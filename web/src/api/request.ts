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
  readonly token?: string | null;
}

type Method = 'GET' | 'POST' | 'DELETE';

const PATIENCE_MS = 30_000;

/**
 * Asks our own server, with the cookie of this browser. Never throws: null is no answer, after 30 s at
 * the latest; whether the server did what was asked is then unknown.
 */
export async function request(method: Method, path: string, body?: unknown): Promise<Answer | null> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: controller.signal,
    });
    return {
      status: response.status,
      isOk: response.ok,
      body: parse(await response.text()),
      retryAfter: Number(response.headers.get('retry-after')) || 60,
    };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function parse(json: string): AnswerBody {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
