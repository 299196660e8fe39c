import { fetchFile, request, type Answer, type Fetched, type Method } from '../api/request.js';
import { askWhoItIs } from './confirmation.js';
import { isOver, leaveEndedSession } from './session-end.js';

/**
 * Asks the server as `request` does, for who is signed in. Where it wants to know once more who that is,
 * he is asked, and then the server again; by `password` where he has typed that already. Who is not
 * signed in any more is led to the sign-in.
 */
export function ownRequest(
  method: Method,
  path: string,
  body?: unknown,
  password?: string,
): Promise<Answer | null> {
  return asked(() => request(method, path, body), password);
}

/** Fetches as `fetchFile` does, for who is signed in. */
export const ownFile = (path: string): Promise<Fetched | Answer | null> => asked(() => fetchFile(path));

async function asked<Said extends Answer>(
  ask: () => Promise<Said | null>,
  password = '',
): Promise<Said | Answer | null> {
  const answer = await watched(ask);
  if (answer?.body.code !== 'reauthentication-required') return answer;
  if (password === '') return (await askWhoItIs()) ? watched(ask) : answer;
  const confirmed = await request('POST', '/v1/sessions/current/confirm', { password });
  return confirmed?.isOk ? watched(ask) : confirmed;
}

async function watched<Said extends Answer>(ask: () => Promise<Said | null>): Promise<Said | null> {
  const answer = await ask();
  if (isOver(answer)) leaveEndedSession();
  return answer;
}
