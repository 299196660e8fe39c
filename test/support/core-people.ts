import { CreateUser } from '../../src/accounts/create-user.service.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import type { Level } from '../../src/common/levels.js';
import type { Tx } from '../../src/database/db.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import type { OpenedSession } from '../../src/grants/grant.js';
import { Sessions } from '../../src/grants/sessions.service.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import type { TestGatehouse } from './gatehouse.js';

export const SURFACE_004 = 'concrete-datastore';

/** A user made straight through the services, for tests that need many of them quickly. */
export interface Person {
  readonly id: string;
  readonly email: string;
}

export interface NewPerson {
  readonly email: string;
  readonly level?: Level;
  readonly passwordHash?: string | null;
}

/** Makes users with their accounts in one unit of work. */
export function createPeople(server: TestGatehouse, people: readonly NewPerson[]): Promise<Person[]> {
  const create = server.get(CreateUser);
  return server.get(UnitOfWork).run(async (tx) => {
    const made: Person[] = [];
    for (const { email, level = 'member', passwordHash = null } of people) {
      made.push({
        id: await create.create(tx, SYSTEM_ACTOR, { type: 'customer', level, email, passwordHash }),
        email,
      });
    }
    return made;
  });
}

/** Makes one user; with `password` he can sign in. */
export async function createPerson(
  server: TestGatehouse,
  { password, ...person }: { email: string; level?: Level; password?: string },
): Promise<Person> {
  const passwordHash = password === undefined ? null : await server.get(Passwords).hash(password);
  const [made] = await createPeople(server, [{ ...person, passwordHash }]);
  return made!;
}

/** Opens a session of 004 for somebody whose epoch is still `epoch`, in a unit that is already open. */
export async function openSessionIn(
  server: TestGatehouse,
  tx: Tx,
  userId: string,
  epoch = 0,
): Promise<OpenedSession> {
  const session = await server
    .get(Sessions)
    .open(tx, SYSTEM_ACTOR, { userId, epoch, surface: SURFACE_004, description: 'Test' });
  if (!session) throw new Error('The session was refused');
  return session;
}

/** Opens a session of 004 in a unit of its own. */
export function openSession(server: TestGatehouse, userId: string, epoch = 0): Promise<OpenedSession> {
  return server.get(UnitOfWork).run((tx) => openSessionIn(server, tx, userId, epoch));
}
