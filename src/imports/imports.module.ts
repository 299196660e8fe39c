import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ExportFile } from './export-file.service.js';
import { ImportFile } from './import-file.service.js';

/** Moving users in and out by files. */
@Module({
  imports: [AccountsModule],
  providers: [ExportFile, ImportFile],
  exports: [ExportFile, ImportFile],
})
export class ImportsModule {}
