import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TestGatehouse } from './gatehouse.js';

/** A request whose target goes as it is and whose body is sent piece by piece. */
export function openRequest(
  server: TestGatehouse,
  method: string,
  path: string,
  headers: Record<string, string> = {},
): ClientRequest {
  const { hostname, port } = new URL(server.gatehouse.address);
  // Kept alive, or the server would close at once with the answer, which an unfinished sender may lose.
  const kept = { connection: 'keep-alive', ...headers };
  return request({ hostname, port, method, path, headers: kept, agent: false });
}

/** The answer to a request, as soon as it is there; the request may still be sent. */
export async function answerTo(sent: ClientRequest): Promise<{ status: number; body: unknown }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  const body = await text(response);
  const isJson = response.headers['content-type']?.includes('json') === true;
  return { status: response.statusCode ?? 0, body: isJson ? (JSON.parse(body) as unknown) : body };
}
