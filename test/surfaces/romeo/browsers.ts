import type { Answer, TestApi } from '../../support/api.js';
import { cookieHeader, cookieOf, signInAt002 } from '../../support/cookies.js';
import { makePerson, type Person } from '../../support/declared-people.js';
import type { TestGatehouse } from '../../support/gatehouse.js';

export type Cookie = { readonly cookie: string };

/** Somebody with a signed-in browser. */
export interface Visitor extends Person {
  readonly browser: Cookie;
}

/** The value of the session cookie that an answer sets; null when it sets none. */
export const cookieValue = (answer: Answer): string | null => cookieOf(answer) || null;

/** The header of a browser that got this answer. */
export function browserOf(answer: Answer): Cookie {
  const value = cookieValue(answer);
  if (!value) throw new Error(`The answer ${answer.status} sets no session`);
  return cookieHeader(value);
}

/** Signs in at document 002. */
export const signIn = async (
  api: TestApi,
  person: Person,
  headers: Record<string, string> = {},
): Promise<Cookie> => cookieHeader(await signInAt002(api, person, {}, headers));

/** Makes a person and signs him in. */
export async function newVisitor(server: TestGatehouse, email: string): Promise<Visitor> {
  const person = await makePerson(server, { email });
  return { ...person, browser: await signIn(server.api, person) };
}

/** Shows a mailed token. */
export const validate = (
  api: TestApi,
  token: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> => api.post('/api/validate_token', { token }, headers);

let invited = 0;

/** Invites an address to a video; answers the token of the mail. */
export async function invite(
  server: TestGatehouse,
  { browser }: Visitor,
  video: number,
  fields: { email?: string; name?: string; can_download?: boolean; can_comment?: boolean } = {},
): Promise<string> {
  const email = fields.email ?? `guest-${(invited += 1)}@example.org`;
  const before = (await server.mailbox.to(email)).length;
  const body = { name: 'Paul Egan', ...fields, email };
  const { status } = await server.api.post(`/api/video/${video}/collaborators`, body, browser);
  if (status !== 204) throw new Error(`The invitation was refused: ${status}`);
  return tokenIn((await server.mailbox.waitFor(email, before + 1)).text ?? '');
}

/** The token of the one link in a mail's text. */
export function tokenIn(text: string): string {
  const [token] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(text) ?? [];
  if (!token) throw new Error('The mail has no token');
  return token;
}
