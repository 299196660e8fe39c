import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { AuditHeadEntity, AuditPendingEntity, AuditSealEntity } from './audit-chain.entity.js';
import { AuditChainRepository } from './audit-chain.repository.js';
import { AuditEventEntity } from './audit-event.entity.js';
import { AuditSealer } from './audit-sealer.service.js';
import { AuditController } from './audit.controller.js';
import { AuditRepository } from './audit.repository.js';
import { Audit } from './audit.service.js';
import { ChainMacs } from './chain-macs.service.js';
import { PersonalEventsRepository } from './personal-events.repository.js';
import { ReadAudit } from './read-audit.service.js';
import { VerifyChain } from './verify-chain.service.js';

/** Who did what to whom: append a fact, chain it, read it, verify the chain. */
@Global()
@Module({
  imports: [
    DatabaseModule.forFeature([AuditEventEntity, AuditPendingEntity, AuditSealEntity, AuditHeadEntity]),
  ],
  controllers: [AuditController],
  providers: [
    Audit,
    AuditChainRepository,
    AuditRepository,
    AuditSealer,
    ChainMacs,
    PersonalEventsRepository,
    ReadAudit,
    VerifyChain,
  ],
  exports: [Audit, AuditSealer, VerifyChain],
})
export class AuditModule {
  constructor(personal: PersonalData, events: PersonalEventsRepository) {
    personal.addMany('auditEvents', (db, subject, look) => events.tell(db, subject, look));
  }
}
