import { Injectable } from '@nestjs/common';
import type { Actor } from '../../common/actor.js';
import { ApiKeys } from '../../api-keys/api-keys.service.js';
import { ApiKeysRepository } from '../../api-keys/api-keys.repository.js';
import type { Tx } from '../../database/db.js';
import { capOf } from '../../common/permissions.js';
import { InsufficientRights } from '../../grants/grants.errors.js';
import { authorityOfActor, userIdOf } from '../actor-authority.js';
import { PERMANENT_TOKEN, type AdministratorDraft } from './administrator.js';

/** The permanent token of an administrator, as `external` and `apiKey` of 003 give and take it. */
@Injectable()
export class AdministratorKeys {
  constructor(
    private readonly keys: ApiKeys,
    private readonly records: ApiKeysRepository,
  ) {}

  /** A key can never make keys. @throws InsufficientRights to who shows one and drafts another */
  assertMayGive({ principal }: Actor, draft: Pick<AdministratorDraft, 'isExternal' | 'apiKey'>): void {
    const isKey = principal?.kind === 'user' && principal.via === 'key';
    if (isKey && draft.isExternal && draft.apiKey) throw new InsufficientRights();
  }

  /** Gives an administrator a chosen token in the place of the one that he has. @throws ApiKeySecretRefused */
  async give(tx: Tx, actor: Actor, owner: { userId: string; epoch: number }, secret: string): Promise<void> {
    await this.keys.revokeAllOf(tx, actor, owner.userId, PERMANENT_TOKEN);
    const maker = authorityOfActor(actor);
    await this.keys.issue(tx, actor, {
      name: PERMANENT_TOKEN,
      ownerId: owner.userId,
      ownerEpoch: owner.epoch,
      createdBy: userIdOf(actor),
      level: maker.level,
      permissions: capOf(maker),
      networks: [],
      expiresAt: null,
      secret,
    });
  }

  /** Ends every key of an administrator. */
  async takeAll(tx: Tx, actor: Actor, userId: string): Promise<void> {
    await this.keys.revokeAllOf(tx, actor, userId);
  }

  /** Lets his keys go on when his epoch moves from `epoch` to the next, which ends everything else. */
  async carryOver(tx: Tx, userId: string, epoch: number): Promise<void> {
    await this.keys.carryOver(tx, await this.records.idsOf(tx, userId, null), epoch);
  }
}
