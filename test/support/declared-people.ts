import { ChangeState } from '../../src/accounts/change-state.service.js';
import { DeclareUsers } from '../../src/accounts/declare-users.service.js';
import type { DeclaredUser } from '../../src/accounts/declared-user.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import type { TestGatehouse } from './gatehouse.js';

/** Somebody who can sign in. */
export interface Person {
  readonly uid: string;
  readonly email: string;
  readonly password: string;
}

export const PASSWORD = 'correct horse 1';

/** What a test says of a person; the rest is as by default: an active customer with a confirmed address. */
export type PersonFields = Partial<Omit<DeclaredUser, 'password'>> & {
  readonly email: string;
  readonly password?: string | null;
};

let made = 0;

/** Puts a user there, as a manifest would. `password: null` makes one without a password. */
export async function makePerson(server: TestGatehouse, fields: PersonFields): Promise<Person> {
  const { password = PASSWORD, ...rest } = fields;
  made += 1;
  await server.get(DeclareUsers).declare([
    {
      name: `person-${made}`,
      type: 'customer',
      level: 'member',
      emailVerified: true,
      ...rest,
      password: password === null ? undefined : { kind: 'plain', text: password },
    },
  ]);
  return { ...(await findPerson(server, fields.email)), password: password ?? '' };
}

/** Whoever has this address, however he came to be; `password` is what tests use unless they say otherwise. */
export async function findPerson(server: TestGatehouse, email: string): Promise<Person> {
  const user = await server.get(UsersRepository).findByIdentifier(server.get(Reader), email);
  if (!user?.email) throw new Error(`Nobody has the address ${email}`);
  return { uid: user.id, email: user.email, password: PASSWORD };
}

/** A fresh token of document 004. */
export async function signIn(
  server: TestGatehouse,
  { email, password }: Pick<Person, 'email' | 'password'>,
  headers: Record<string, string> = {},
): Promise<string> {
  const answer = await server.api.post('/api/v1.1/auth/login/', { email, password }, headers);
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status}`);
  return answer.body.token as string;
}

export const block = (server: TestGatehouse, { uid }: Person): Promise<void> =>
  server.get(ChangeState).change(SYSTEM_ACTOR, uid, 'blocked');

export const unblock = (server: TestGatehouse, { uid }: Person): Promise<void> =>
  server.get(ChangeState).change(SYSTEM_ACTOR, uid, 'active');

/** The kinds of all mails ever written to an address, oldest first: rows, so there is nothing to wait for. */
export async function mailsWrittenTo(server: TestGatehouse, address: string): Promise<string[]> {
  const rows = await server
    .get(Reader)
    .query<{ kind: string }>(sql`SELECT kind FROM outbox WHERE recipient = ${address} ORDER BY id`);
  return rows.map((row) => row.kind);
}

const COUNTS = {
  outbox: sql`SELECT COUNT(*) AS n FROM outbox`,
  one_time_tokens: sql`SELECT COUNT(*) AS n FROM one_time_tokens`,
  mail_quota: sql`SELECT COUNT(*) AS n FROM mail_quota`,
  grants: sql`SELECT COUNT(*) AS n FROM grants`,
  users: sql`SELECT COUNT(*) AS n FROM users`,
};

/** Counts the rows of a table. */
export async function rowsOf(server: TestGatehouse, table: keyof typeof COUNTS): Promise<number> {
  const [row] = await server.get(Reader).query<{ n: number | string }>(COUNTS[table]);
  return Number(row?.n);
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** The UUID-shaped token in the `count`th mail with one to an address, as soon as that is there. */
export async function mailedToken(server: TestGatehouse, address: string, count = 1): Promise<string> {
  const mail = await server.mailbox.waitFor(address, count, UUID);
  const [token] = UUID.exec(mail.text ?? '') ?? [];
  if (!token) throw new Error(`The mail to ${address} has no token`);
  return token;
}
