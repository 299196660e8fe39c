import { bearer, type Answer } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';
import type { TestGatehouse } from '../../support/gatehouse.js';

export const AUTH = '/api/stable/auth';

/** What document 001 answers to a sign-in. */
export interface Session {
  readonly token: string;
  readonly sessionId: string;
  readonly expire: string;
}

/** Signs in at document 001. */
export async function login(
  server: TestGatehouse,
  username: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
): Promise<Session> {
  const answer = await server.api.post(`${AUTH}/login`, { username, password }, headers);
  if (answer.status !== 200) throw new Error(`${username} could not sign in: ${answer.status}`);
  return answer.body.data as Session;
}

/** Asks whose a token is. */
export const whoami = (server: TestGatehouse, token: string): Promise<Answer> =>
  server.api.get(`${AUTH}/whoami`, bearer(token));

/** A refusal of the part that reads tokens and counts requests (reference note 0, envelope 3). */
export const refusedByMiddleware = (status: number, message: string) => ({
  status,
  body: { code: status, data: {}, message, status: false },
});

/** A refusal of a handler (reference note 0, envelope 2). */
export const refusedByHandler = (status: number, error: string) => ({
  status,
  body: { data: {}, error, status: false },
});

/** What a token that we gave, and that counts no more, is answered with. */
export const REVOKED = refusedByMiddleware(403, "you don't have permission to access this resource");
