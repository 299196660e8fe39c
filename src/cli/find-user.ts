import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Reader } from '../database/db.js';
import type { UserRecord } from '../users/user.js';
import { UsersRepository } from '../users/users.repository.js';
import { CommandFault } from './command-fault.js';

/** The user who has an identifier. @throws CommandFault */
export async function findUser(app: NestFastifyApplication, identifier: string): Promise<UserRecord> {
  const user = await app.get(UsersRepository).findByIdentifier(app.get(Reader), identifier);
  if (!user) throw new CommandFault('there is no user with this identifier', 1);
  return user;
}
