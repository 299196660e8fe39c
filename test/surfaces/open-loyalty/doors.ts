import type { Answer, TestApi } from '../../support/api.js';
import { PASSWORD } from '../../support/declared-people.js';

/** The kinds of user of document 003, each with a door of its own. */
export const DOORS = ['admin', 'customer', 'seller'] as const;
export type Door = (typeof DOORS)[number];

export const loginAt = (door: Door): string => `/api/${door}/login_check`;
export const REFRESH = '/api/token/refresh';
export const REVOKE = '/api/token/revoke';
/** For starting a server and making its people on a busy machine. */
export const PATIENCE = 30_000;

export const OWN_RECORD = '/api/admin/data';

/** A JWT and what goes on with it. */
export interface Pair {
  readonly token: string;
  readonly refreshToken: string;
}

export interface Attempt {
  readonly username: string;
  readonly password?: string;
  readonly headers?: Record<string, string>;
}

export const attempt = (api: TestApi, door: Door, { username, password, headers }: Attempt) =>
  api.post(loginAt(door), { _username: username, _password: password ?? PASSWORD }, headers);

export const refresh = (api: TestApi, refreshToken: string): Promise<Answer> =>
  api.post(REFRESH, { refresh_token: refreshToken });

/** The pair that a sign-in or a refresh has given. */
export function pairOf({ status, body }: Answer): Pair {
  if (status !== 200) throw new Error(`No pair was given: ${status} ${JSON.stringify(body)}`);
  return { token: body.token as string, refreshToken: body.refresh_token as string };
}

export const signInAt = async (api: TestApi, door: Door, username: string): Promise<Pair> =>
  pairOf(await attempt(api, door, { username }));

/** What is said of a sign-in that fails, whatever the reason. */
export const BAD_CREDENTIALS = { status: 401, body: { message: 'Bad credentials.' } };
/** What is said of a refresh that fails, whatever the reason. */
export const BAD_REFRESH = { status: 401, body: { code: 401, message: 'Bad credentials' } };
export const BAD_JWT = { status: 401, body: { code: 401, message: 'Invalid JWT Token' } };
