import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { DeclarationEntity } from './declaration.entity.js';
import { DeclarationsRepository } from './declarations.repository.js';

/** The memory of what manifests declared. */
@Module({
  imports: [DatabaseModule.forFeature([DeclarationEntity])],
  providers: [DeclarationsRepository],
  exports: [DeclarationsRepository],
})
export class DeclarationsModule {}
