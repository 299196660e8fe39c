import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { ClientEntity, ClientSecretEntity } from './client.entity.js';
import { ClientsRepository } from './clients.repository.js';
import { Clients } from './clients.service.js';

/** OAuth clients: who may ask for a user's token. */
@Module({
  imports: [DatabaseModule.forFeature([ClientEntity, ClientSecretEntity])],
  providers: [Clients, ClientsRepository],
  exports: [Clients],
})
export class ClientsModule {}
