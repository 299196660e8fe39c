import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { DeclarationEntity } from './declaration.entity.js';
import { DeclarationsRepository } from './declarations.repository.js';
import { PersonalDeclarationsRepository } from './personal-declarations.repository.js';

/** The memory of what manifests declared. */
@Module({
  imports: [DatabaseModule.forFeature([DeclarationEntity])],
  providers: [DeclarationsRepository, PersonalDeclarationsRepository],
  exports: [DeclarationsRepository],
})
export class DeclarationsModule {
  constructor(personal: PersonalData, declarations: PersonalDeclarationsRepository) {
    personal.addFew('manifests', (db, subject) => declarations.tell(db, subject));
  }
}
