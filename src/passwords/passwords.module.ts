import { Module } from '@nestjs/common';
import { HashQueue } from './hash-queue.js';
import { Passwords } from './passwords.service.js';

/** Offers password hashing. There is one queue a process; it is offered too, for its gauges. */
@Module({
  providers: [{ provide: HashQueue, useFactory: () => new HashQueue() }, Passwords],
  exports: [Passwords, HashQueue],
})
export class PasswordsModule {}
