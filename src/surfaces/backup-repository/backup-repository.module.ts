import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { UsersModule } from '../../users/users.module.js';
import { BackupRepositoryAuthController } from './auth.controller.js';
import { BackupRepositorySurface } from './backup-repository.surface.js';

/** Document 001: JWTs that are listed and revocable. */
@Module({
  imports: [AuthModule, UsersModule],
  controllers: [BackupRepositoryAuthController],
  providers: [BackupRepositorySurface],
})
export class BackupRepositoryModule {}
