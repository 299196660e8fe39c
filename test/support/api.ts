/** What a server answered; `body` is parsed where it is JSON, else the text. */
// A test looks into bodies of every shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export interface Answer<Body = any> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

type Fields = Record<string, string>;

/** Speaks real HTTP with a Gatehouse under test. */
export class TestApi {
  constructor(readonly address: string) {}

  get(path: string, headers: Fields = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: Fields = {}): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  patch(path: string, body?: unknown, headers: Fields = {}): Promise<Answer> {
    return this.send('PATCH', path, body, headers);
  }

  async send(method: string, path: string, body: unknown, headers: Fields = {}): Promise<Answer> {
    // Text, bytes and forms go as they are, everything else as JSON.
    const isRaw =
      typeof body === 'string' ||
      body instanceof Uint8Array ||
      body instanceof URLSearchParams ||
      body instanceof FormData;
    const response = await fetch(`${this.address}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : isRaw ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  }
}

/** Status and body together, to be compared whole. */
export const outcome = ({ status, body }: Answer) => ({ status, body: body as unknown });

/** Which fields a refusal of the native API is about. */
export const faultyFields = ({ body }: Answer<{ errors?: { path: string }[] }>): string[] => [
  ...new Set((body.errors ?? []).map(({ path }) => path)),
];

/** The header in which 004 carries a token. */
export const tokenHeader = (token: string): Fields => ({ authorization: `Token ${token}` });

/** The header in which the native API carries any surface's token. */
export const bearer = (token: string): Fields => ({ authorization: `Bearer ${token}` });
