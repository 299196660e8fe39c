import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { DatabaseModule } from '../database/database.module.js';
import { PersonalData } from '../database/personal-data.service.js';
import { NoticesModule } from '../notices/notices.module.js';
import { Carriers } from './carriers.js';
import { CredentialResolver } from './credential-resolver.service.js';
import { CredentialEntity, GrantEntity } from './grant.entity.js';
import { GrantUse } from './grant-use.service.js';
import { GrantsRepository } from './grants.repository.js';
import { GuestSessionEntity } from './guest-session.entity.js';
import { GuestSessionsRepository } from './guest-sessions.repository.js';
import { GuestSessions } from './guest-sessions.service.js';
import { AccessTokens } from './jwt/access-tokens.service.js';
import { JwksController } from './jwt/jwks.controller.js';
import { SigningKeyEntity } from './jwt/signing-key.entity.js';
import { SigningKeysRepository } from './jwt/signing-keys.repository.js';
import { SigningKeys } from './jwt/signing-keys.service.js';
import { KeyDigests } from './key-digests.service.js';
import { KeySecrets } from './key-secrets.js';
import { Operations } from './operations.service.js';
import { PendingSignInsRepository } from './pending-sign-ins.repository.js';
import { PermanentKeys } from './permanent-keys.service.js';
import { PersonalSessionsRepository } from './personal-sessions.repository.js';
import { PrincipalCache } from './principal-cache.js';
import { PrincipalGuard } from './principal.guard.js';
import { RefreshTokens } from './refresh-tokens.js';
import { RefreshSessions } from './refresh-sessions.service.js';
import { RightsController } from './rights.controller.js';
import { SessionList } from './session-list.service.js';
import { SessionListsRepository } from './session-lists.repository.js';
import { SessionTokens } from './session-tokens.service.js';
import { Sessions } from './sessions.service.js';
import { BearerTokenStrategy } from './strategies/bearer-token.strategy.js';
import { KeyHeaderStrategy } from './strategies/key-header.strategy.js';
import { KeyQueryStrategy } from './strategies/key-query.strategy.js';
import { SessionCookieStrategy } from './strategies/session-cookie.strategy.js';
import { TokenHeaderStrategy } from './strategies/token-header.strategy.js';
import { TokenQueryStrategy } from './strategies/token-query.strategy.js';
import { Endings } from '../database/endings.service.js';
import { DAY } from '../common/clock.js';

/** How long sessions and credentials are remembered after their end (contract 3.16). */
const KEPT = 90 * DAY;

/** Who is asking: grants, credentials, the strategies that read them and the guard that decides. */
@Module({
  imports: [
    NoticesModule,
    PassportModule,
    DatabaseModule.forFeature([GrantEntity, CredentialEntity, GuestSessionEntity, SigningKeyEntity]),
  ],
  controllers: [JwksController, RightsController],
  providers: [
    AccessTokens,
    SigningKeys,
    SigningKeysRepository,
    BearerTokenStrategy,
    Carriers,
    CredentialResolver,
    GrantUse,
    GrantsRepository,
    GuestSessions,
    GuestSessionsRepository,
    KeyHeaderStrategy,
    KeyQueryStrategy,
    KeyDigests,
    KeySecrets,
    Operations,
    PendingSignInsRepository,
    PermanentKeys,
    PersonalSessionsRepository,
    PrincipalCache,
    RefreshSessions,
    RefreshTokens,
    SessionList,
    SessionListsRepository,
    SessionCookieStrategy,
    Sessions,
    SessionTokens,
    TokenHeaderStrategy,
    TokenQueryStrategy,
    { provide: APP_GUARD, useClass: PrincipalGuard },
  ],
  exports: [
    AccessTokens,
    SigningKeys,
    CredentialResolver,
    GrantsRepository,
    GuestSessions,
    GuestSessionsRepository,
    KeySecrets,
    PendingSignInsRepository,
    PermanentKeys,
    RefreshSessions,
    SessionList,
    SessionListsRepository,
    Sessions,
    SessionTokens,
  ],
})
export class GrantsModule {
  constructor(
    endings: Endings,
    personal: PersonalData,
    grants: GrantsRepository,
    guests: GuestSessionsRepository,
    sessions: PersonalSessionsRepository,
  ) {
    personal.addMany('sessions', (db, subject, look) => sessions.tell(db, subject, look));
    personal.addMany('guestSessions', (db, subject, look) => sessions.tellGuests(db, subject, look));
    personal.addErasure((tx, subject) => sessions.forgetGuests(tx, subject));
    endings.addRows((tx, now, batch) => grants.purge(tx, now - KEPT, batch));
    endings.addRows((tx, now, batch) => grants.purgeCredentials(tx, now - KEPT, batch));
    endings.addRows((tx, now, batch) => guests.purge(tx, now - KEPT, batch));
  }
}
