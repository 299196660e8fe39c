import type { Level } from '../../src/common/levels.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Users } from '../../src/users/users.service.js';
import { bearer, type Answer } from './api.js';
import { makePerson, signIn, type Person, type PersonFields } from './declared-people.js';
import type { TestGatehouse } from './gatehouse.js';

export const KEYS = '/v1/api-keys';

/** The header in which the native API takes a permanent key. */
export const keyHeader = (secret: string): Record<string, string> => ({ 'x-auth-token': secret });

/** What makes a key, as it is sent. */
export interface KeyFields {
  readonly name?: string;
  readonly ownerId?: string;
  readonly level?: Level;
  readonly networks?: readonly string[];
  readonly expiresAt?: string;
  readonly secret?: string;
}

/** What a test needs of the answer that shows a secret. */
export interface MadeKey {
  readonly id: string;
  readonly secret: string;
  readonly [member: string]: unknown;
}

/** Somebody with a session of his own. */
export interface SignedIn extends Person {
  readonly token: string;
}

/** Puts somebody there and signs him in at 004. */
export async function makeSignedIn(server: TestGatehouse, fields: PersonFields): Promise<SignedIn> {
  const person = await makePerson(server, fields);
  return { ...person, token: await signIn(server, person) };
}

/** Has the holder of `token` make a key. */
export async function makeKey(
  server: TestGatehouse,
  { token }: Pick<SignedIn, 'token'>,
  fields: KeyFields = {},
): Promise<MadeKey> {
  const answer = await server.api.post(KEYS, { name: 'key', ...fields }, bearer(token));
  if (answer.status !== 201) throw new Error(`No key was made: ${answer.status} ${answer.body.code}`);
  return answer.body as MadeKey;
}

/** Asks who the holder of a key is. */
export const meBy = (
  server: TestGatehouse,
  secret: string,
  headers: Record<string, string> = {},
): Promise<Answer> => server.api.get('/v1/me', { ...keyHeader(secret), ...headers });

/** A refusal of the native API, status and whole body. */
export const problem = (status: number, code: string, members: object = {}) => ({
  status,
  body: { ...members, type: `urn:gatehouse:problem:${code}`, title: TITLES[status], status, code },
});

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
};

export const KEY_REFUSED = problem(401, 'api-key-refused');

/** Moves somebody on the ladder, as an administrator will. */
export const setLevel = (server: TestGatehouse, { uid }: Person, level: Level): Promise<void> =>
  server.get(UnitOfWork).run((tx) => server.get(Users).applyFields(tx, uid, { level }));

/** The digests under which the secrets of a key are stored, oldest first. */
export async function digestsOfKey(server: TestGatehouse, id: string): Promise<string[]> {
  const rows = await server
    .get(Reader)
    .query<{ digest: string }>(sql`SELECT digest FROM credentials WHERE grant_id = ${id} ORDER BY id`);
  return rows.map(({ digest }) => digest);
}
