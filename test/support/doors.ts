import type { UserType } from '../../src/common/levels.js';
import { bearer, type Answer, type TestApi } from './api.js';

/** Who knocks: any identifier of his and his password. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** What document 003 gives at a sign-in and at a refresh. */
export interface TokenPair {
  readonly token: string;
  readonly refreshToken: string;
}

type Headers = Record<string, string>;

/** Signs in at document 001; answers the JWT. */
export async function signInAt001(
  api: TestApi,
  { email, password }: Credentials,
  headers: Headers = {},
): Promise<string> {
  const answer = await api.post('/api/stable/auth/login', { username: email, password }, headers);
  return signedIn(email, answer).data.token;
}

/** Signs in at document 003, at the door of a kind of user. */
export async function signInAt003(
  api: TestApi,
  { email, password }: Credentials,
  type: UserType = 'admin',
  headers: Headers = {},
): Promise<TokenPair> {
  const answer = await api.post(
    `/api/${type}/login_check`,
    { _username: email, _password: password },
    headers,
  );
  const { token, refresh_token: refreshToken } = signedIn(email, answer);
  return { token, refreshToken };
}

/** Signs in at document 004; answers the opaque token. */
export async function signInAt004(
  api: TestApi,
  credentials: Credentials,
  headers: Headers = {},
): Promise<string> {
  const answer = await api.post('/api/v1.1/auth/login/', { ...credentials }, headers);
  return signedIn(credentials.email, answer).token;
}

/** Shows a refresh token of document 003. */
export const refreshAt003 = (api: TestApi, refreshToken: string, headers: Headers = {}): Promise<Answer> =>
  api.post('/api/token/refresh', { refresh_token: refreshToken }, headers);

/** Whom document 001 sees behind a JWT. */
export const lookAt001 = (api: TestApi, token: string): Promise<Answer> =>
  api.get('/api/stable/auth/whoami', bearer(token));

/** An administrator's own record at document 003. */
export const lookAt003 = (api: TestApi, token: string): Promise<Answer> =>
  api.get('/api/admin/data', bearer(token));

function signedIn(who: string, { status, body }: Answer): Answer['body'] {
  if (status !== 200) throw new Error(`${who} could not sign in: ${status}`);
  return body;
}

/** The header in which 003 and the native API carry a permanent token. */
export { keyHeader } from './api-keys.js';
