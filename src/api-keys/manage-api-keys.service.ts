import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { SYSTEM_ACTOR } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { isAbove, isAtLeast, lowerOf, type Level } from '../common/levels.js';
import { pageOf, type Page } from '../common/page.js';
import { capOf, type Permission } from '../common/permissions.js';
import { authorityOf } from '../common/security/principal.js';
import { Reader } from '../database/db.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { InsufficientRights } from '../grants/grants.errors.js';
import { Sessions } from '../grants/sessions.service.js';
import type { Creation, CreationKey } from '../idempotency/creation-key.js';
import { AlreadyCreated } from '../idempotency/idempotency.errors.js';
import { Idempotency } from '../idempotency/idempotency.service.js';
import type { UserRecord } from '../users/user.js';
import { UserNotFound } from '../users/users.errors.js';
import { UsersRepository } from '../users/users.repository.js';
import type { ApiKey, IssuedKey } from './api-key.js';
import { ApiKeyExpiryPast, ApiKeyLevelTooHigh, ApiKeyNotFound } from './api-keys.errors.js';
import { ApiKeys } from './api-keys.service.js';
import { ApiKeysRepository } from './api-keys.repository.js';

/** What somebody asks for when he makes a key; what is left out is as the maker is. */
export interface KeyRequest {
  readonly name: string;
  readonly ownerId?: string;
  readonly level?: Level;
  readonly networks?: readonly string[];
  readonly expiresAt?: number;
  readonly secret?: string;
}

/** Permanent keys as people handle them: their own, and for admins those of users below them. */
@Injectable()
export class ManageApiKeys {
  constructor(
    private readonly keys: ApiKeys,
    private readonly repository: ApiKeysRepository,
    private readonly users: UsersRepository,
    private readonly sessions: Sessions,
    private readonly idempotency: Idempotency,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a key for the caller, or for a user below him, and answers its secret this once.
   * @throws InsufficientRights, UserNotFound, ApiKeyLevelTooHigh, ApiKeyExpiryPast, ApiKeySecretRefused;
   *   AlreadyCreated, IdempotencyKeyReused
   */
  async create(
    actor: Actor,
    request: KeyRequest,
    creation: CreationKey | null = null,
  ): Promise<{ key: ApiKey; secret: string }> {
    refuseRepeated(await this.idempotency.find(actor, creation));
    const caller = callerOf(actor);
    const owner = await this.ownerOf(caller, request.ownerId ?? caller.userId);
    const highest = caller.level;
    // Not the maker's own level by itself: its owner may rise one day, and others may rotate it.
    const level = request.level ?? lowerOf(highest, owner.level);
    if (request.level && (isAbove(level, highest) || isAbove(level, owner.level))) {
      throw new ApiKeyLevelTooHigh();
    }
    if (request.expiresAt !== undefined && request.expiresAt <= this.clock.now())
      throw new ApiKeyExpiryPast();
    let secret = '';
    const made = await this.idempotency.once(actor, creation, async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      const issued = await this.keys.issue(tx, actor, {
        name: request.name,
        ownerId: owner.id,
        ownerEpoch: owner.grantEpoch,
        createdBy: caller.userId,
        level,
        permissions: caller.cap,
        networks: request.networks ?? [],
        expiresAt: request.expiresAt ?? null,
        secret: request.secret ?? null,
      });
      secret = issued.secret;
      return issued.id;
    });
    refuseRepeated(made);
    return this.withKey({ id: made.id, secret });
  }

  /**
   * Gives a key another secret and answers it this once; the old one counts for `overlap` ms more.
   * @throws ApiKeyNotFound, InsufficientRights, ApiKeySecretRefused; ApiKeyExpiryPast for one that has ended
   */
  async rotate(
    actor: Actor,
    id: string,
    { overlap, secret }: { overlap: number; secret?: string },
  ): Promise<{ key: ApiKey; secret: string }> {
    const key = await this.get(actor, id);
    if (key.expiresAt !== null && key.expiresAt <= this.clock.now()) throw new ApiKeyExpiryPast();
    const issued = await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      return this.keys.replaceSecret(
        tx,
        actor,
        key,
        callerOf(actor).level,
        secret ?? null,
        this.clock.now() + overlap,
      );
    });
    return this.withKey(issued);
  }

  /** Ends a key: refused on the next request. @throws ApiKeyNotFound, InsufficientRights */
  async revoke(actor: Actor, id: string): Promise<void> {
    const key = await this.get(actor, id);
    await this.unitOfWork.run(async (tx) => {
      await this.sessions.assertLive(tx, actor.principal);
      await this.keys.revoke(tx, actor, key.id);
    });
  }

  /**
   * The keys of one user, or with `ownerId` null the caller's own; everybody's with `ownerId` 'all',
   * for admins. In order of creation, by pages.
   * @throws InsufficientRights
   */
  async list(
    actor: Actor,
    page: { ownerId: string | null; limit: number; cursor: string | null },
  ): Promise<Page<ApiKey>> {
    const caller = callerOf(actor);
    const ownerId = page.ownerId ?? caller.userId;
    if (ownerId !== caller.userId && !isAtLeast(caller.level, 'admin')) throw new InsufficientRights();
    const found = await this.repository.findPage(this.reader, {
      ownerId: ownerId === 'all' ? null : ownerId,
      afterId: page.cursor ?? '',
      limit: page.limit + 1,
      now: this.clock.now(),
    });
    return pageOf(found, page.limit, ({ id }) => id);
  }

  private async get(actor: Actor, id: string): Promise<ApiKey> {
    const caller = callerOf(actor);
    const key = await this.repository.findById(this.reader, id);
    // Whether a key of somebody else exists is not told to who may not look.
    if (!key || (key.ownerId !== caller.userId && !isAtLeast(caller.level, 'admin')))
      throw new ApiKeyNotFound();
    await this.ownerOf(caller, key.ownerId);
    return key;
  }

  private async ownerOf(caller: Caller, ownerId: string | null): Promise<UserRecord> {
    const isOwn = ownerId !== null && ownerId === caller.userId;
    if (!isOwn && !isAtLeast(caller.level, 'admin')) throw new InsufficientRights();
    const owner = ownerId === null ? null : await this.users.findById(this.reader, ownerId);
    if (!owner) throw new UserNotFound();
    if (!isOwn && !caller.isSystem && !isAbove(caller.level, owner.level)) throw new InsufficientRights();
    return owner;
  }

  private async withKey({ id, secret }: IssuedKey): Promise<{ key: ApiKey; secret: string }> {
    const key = await this.repository.findById(this.reader, id);
    if (!key) throw new ApiKeyNotFound();
    return { key, secret };
  }
}

/** @throws AlreadyCreated: the secret was shown to the first request, and is not kept */
function refuseRepeated(made: Creation | null): void {
  if (made?.isRepeated) throw new AlreadyCreated(made.id);
}

interface Caller {
  readonly userId: string | null;
  readonly level: Level;
  readonly cap: readonly Permission[] | null;
  readonly isSystem: boolean;
}

function callerOf(actor: Actor): Caller {
  if (actor === SYSTEM_ACTOR) {
    return { userId: null, level: 'superuser', cap: null, isSystem: true };
  }
  const { principal } = actor;
  if (principal?.kind !== 'user') throw new InsufficientRights();
  const { userId, level } = principal;
  const cap = principal.user.type === 'admin' ? capOf(authorityOf(principal)) : null;
  return { userId, level, cap, isSystem: false };
}
