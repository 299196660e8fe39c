import { CreateUser } from '../../src/accounts/create-user.service.js';
import { SYSTEM_ACTOR } from '../../src/common/actor.js';
import type { Level, UserType } from '../../src/common/levels.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Passwords } from '../../src/passwords/passwords.service.js';
import type { TestGatehouse } from './gatehouse.js';

export const PASSWORD = 'correct horse battery';

/** Makes a user of a level through the core; answers his id. */
export async function makeUser(
  server: TestGatehouse,
  email: string,
  level: Level = 'member',
  type: UserType = 'customer',
): Promise<string> {
  const passwordHash = await server.get(Passwords).hash(PASSWORD);
  return server
    .get(UnitOfWork)
    .run((tx) =>
      server
        .get(CreateUser)
        .create(tx, SYSTEM_ACTOR, { type, level, email, passwordHash, isEmailConfirmed: true }),
    );
}

/** Signs in at document 004; answers the token. */
export async function signIn(server: TestGatehouse, email: string, password = PASSWORD): Promise<string> {
  const answer = await server.api.post('/api/v1.1/auth/login/', { email, password });
  if (answer.status !== 200) throw new Error(`${email} could not sign in: ${answer.status}`);
  return answer.body.token as string;
}
