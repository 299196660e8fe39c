import type { Answer, TestApi } from './api.js';
import type { Person } from './declared-people.js';

type Credentials = Pick<Person, 'email' | 'password'>;

/** The value of the session cookie that an answer sets; empty where it sets none. */
export const cookieOf = ({ headers }: Answer): string =>
  /^session=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? '';

/** The header in which a browser sends a session cookie along. */
export const cookieHeader = (value: string) => ({ cookie: `session=${value}` });

/** A fresh cookie of document 002. */
export async function signInAt002(
  api: TestApi,
  { email, password }: Credentials,
  more: object = {},
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await api.post('/api/login', { username: email, password, ...more }, headers);
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status}`);
  return cookieOf(answer);
}

/** A fresh cookie of the native API. */
export async function signInAtV1(
  api: TestApi,
  { email, password }: Credentials,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await api.post('/v1/sessions', { identifier: email, password }, headers);
  if (answer.status !== 201) throw new Error(`${email} could not sign in: ${answer.status}`);
  return cookieOf(answer);
}
