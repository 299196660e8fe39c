import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';
import { Idempotency } from './idempotency.service.js';

/** Creations that may be repeated. */
@Global()
@Module({
  imports: [DatabaseModule.forFeature([IdempotencyKeyEntity])],
  providers: [Idempotency, IdempotencyKeysRepository],
  exports: [Idempotency],
})
export class IdempotencyModule {}
