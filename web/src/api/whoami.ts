import { request } from './request.js';

/** Of what `GET /v1/me` answers, how its user may call himself to sign in. */
interface Names {
  readonly email: string | null;
  readonly username: string | null;
}

/** Who is signed in in this browser; null when nobody is, or the server does not tell. */
export async function whoami(): Promise<Names | null> {
  const answer = await request('GET', '/v1/me');
  return answer?.isOk ? (answer.body as unknown as Names) : null;
}

/** Whether the one who is signed in in this browser is known by that name. */
export async function isSignedIn(identifier: string): Promise<boolean> {
  const typed = identifier.toLowerCase();
  const names = await whoami();
  return names !== null && [names.email, names.username].some((name) => name?.toLowerCase() === typed);
}
