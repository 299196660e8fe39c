import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { DatabaseModule } from '../database/database.module.js';
import { Carriers } from './carriers.js';
import { CredentialResolver } from './credential-resolver.service.js';
import { CredentialEntity, GrantEntity } from './grant.entity.js';
import { GrantUse } from './grant-use.service.js';
import { GrantsRepository } from './grants.repository.js';
import { PrincipalCache } from './principal-cache.js';
import { PrincipalGuard } from './principal.guard.js';
import { Sessions } from './sessions.service.js';
import { BearerHeaderStrategy } from './strategies/bearer-header.strategy.js';
import { TokenHeaderStrategy } from './strategies/token-header.strategy.js';
import { TokenQueryStrategy } from './strategies/token-query.strategy.js';

/** Who is asking: grants, credentials, the strategies that read them and the guard that decides. */
@Module({
  imports: [PassportModule, DatabaseModule.forFeature([GrantEntity, CredentialEntity])],
  providers: [
    BearerHeaderStrategy,
    Carriers,
    CredentialResolver,
    GrantUse,
    GrantsRepository,
    PrincipalCache,
    Sessions,
    TokenHeaderStrategy,
    TokenQueryStrategy,
    { provide: APP_GUARD, useClass: PrincipalGuard },
  ],
  exports: [CredentialResolver, GrantsRepository, Sessions],
})
export class GrantsModule {}
