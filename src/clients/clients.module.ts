import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { ClientEntity, ClientSecretEntity } from './client.entity.js';
import { ClientRecordsRepository } from './client-records.repository.js';
import { ClientRecords } from './client-records.service.js';
import { ClientsRepository } from './clients.repository.js';
import { Clients } from './clients.service.js';

/** OAuth clients: who may ask for a user's token. */
@Module({
  imports: [DatabaseModule.forFeature([ClientEntity, ClientSecretEntity])],
  providers: [ClientRecords, ClientRecordsRepository, Clients, ClientsRepository],
  exports: [ClientRecords, Clients],
})
export class ClientsModule {}
