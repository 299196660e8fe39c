import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { isAtLeast, LEVELS, type Level } from '../common/levels.js';
import type { Db, Tx } from '../database/db.js';
import { uniqueViolation } from '../database/faults.js';
import { Announcer } from '../fence/announcer.service.js';
import { grantSubject } from '../fence/subject.js';
import { NATIVE_SURFACE } from '../grants/credential-resolver.service.js';
import { GrantsRepository } from '../grants/grants.repository.js';
import { KeySecrets } from '../grants/key-secrets.js';
import { PermanentKeys } from '../grants/permanent-keys.service.js';
import { Sessions } from '../grants/sessions.service.js';
import { faultOfSecret, type IssuedKey, type NewApiKey } from './api-key.js';
import { ApiKeyNotFound, ApiKeySecretRefused } from './api-keys.errors.js';
import { ApiKeysRepository, NEVER } from './api-keys.repository.js';

const HINT = 4;

/** Permanent keys inside a unit of work. Who may do it is decided by who calls. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly repository: ApiKeysRepository,
    private readonly grants: GrantsRepository,
    private readonly secrets: KeySecrets,
    private readonly permanentKeys: PermanentKeys,
    private readonly sessions: Sessions,
    private readonly announcer: Announcer,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** What stands in the way of choosing this secret for a key of `ownerId`, or null. His own keys do not. */
  async faultOf(
    db: Db,
    secret: string,
    ownerId: string | null,
  ): Promise<ApiKeySecretRefused['fault'] | null> {
    const fault = faultOfSecret(secret);
    if (fault) return fault;
    if (this.secrets.looksGenerated(secret)) return 'invalid';
    if (this.permanentKeys.isMaster(secret)) return 'taken';
    const holder = await this.repository.holderOf(db, this.secrets.digestsOf(secret), this.clock.now());
    return holder === null || holder === ownerId ? null : 'taken';
  }

  /**
   * Makes a key and answers its secret, of which only the digest is kept. It gives no more than
   * `key.level` and no more than its owner has, whichever is lower at the time of use.
   * @throws ApiKeySecretRefused; ApiKeyNotFound when the owner was blocked or had his sessions ended meanwhile
   */
  async issue(tx: Tx, actor: Actor, key: NewApiKey): Promise<IssuedKey> {
    const now = this.clock.now();
    const secret = key.secret ?? this.secrets.generate();
    const fault = key.secret === null ? null : await this.faultOf(tx, secret, null);
    if (fault) throw new ApiKeySecretRefused(fault);
    const id = newId();
    const expiresAt = key.expiresAt ?? NEVER;
    const isMade = await this.grants.insertIfCurrent(tx, {
      id,
      userId: key.ownerId,
      clientId: null,
      clientEpoch: null,
      surface: NATIVE_SURFACE,
      kind: 'permanent',
      needs: null,
      scope: [],
      level: key.level,
      permissions: key.permissions && [...key.permissions],
      networks: [...key.networks],
      epoch: key.ownerEpoch,
      createdAt: now,
      authenticatedAt: now,
      expiresAt,
      idleTtl: null,
      lastUsedAt: now,
      revokedAt: null,
      revokeReason: null,
      address: '',
      userAgent: '',
      description: key.name,
    });
    if (!isMade) throw new ApiKeyNotFound();
    const hint = this.hintOf(secret);
    await this.repository.insert(tx, { grantId: id, name: key.name, hint, createdBy: key.createdBy });
    await this.keepSecret(tx, id, secret, expiresAt);
    await this.audit.record(tx, actor, { kind: 'key.created', userId: key.ownerId, objectId: id });
    return { id, secret };
  }

  /**
   * Gives a key another secret, which gives no more than `by`, the level of who makes it; the present
   * ones count until `oldUntil`, at most.
   * @throws ApiKeySecretRefused
   */
  async replaceSecret(
    tx: Tx,
    actor: Actor,
    key: { id: string; ownerId: string; expiresAt: number | null },
    by: Level,
    chosen: string | null,
    oldUntil: number,
  ): Promise<IssuedKey> {
    const secret = chosen ?? this.secrets.generate();
    const fault = chosen === null ? null : await this.faultOf(tx, secret, null);
    if (fault) throw new ApiKeySecretRefused(fault);
    await this.repository.endSecrets(tx, key.id, oldUntil);
    await this.keepSecret(tx, key.id, secret, key.expiresAt ?? NEVER);
    await this.repository.setHint(tx, key.id, this.hintOf(secret));
    await this.grants.lowerLevel(
      tx,
      key.id,
      LEVELS.filter((level) => isAtLeast(by, level)),
      by,
    );
    this.announcer.announce(tx, grantSubject(key.id));
    await this.audit.record(tx, actor, { kind: 'key.rotated', userId: key.ownerId, objectId: key.id });
    return { id: key.id, secret };
  }

  /** Ends a key: refused on the next request, on every node. Its secret may be chosen again. */
  async revoke(tx: Tx, actor: Actor, id: string): Promise<void> {
    const ended = await this.grants.revoke(tx, id, 'key-revoked', this.clock.now());
    await this.repository.forgetSecrets(tx, id);
    if (ended === null) return;
    this.announcer.announce(tx, grantSubject(id));
    await this.audit.record(tx, actor, { kind: 'key.revoked', userId: ended.userId, objectId: id });
  }

  /** Ends the keys of an owner, those called `name` if it is given; answers how many there were. */
  async revokeAllOf(tx: Tx, actor: Actor, ownerId: string, name: string | null = null): Promise<number> {
    const ids = await this.repository.idsOf(tx, ownerId, name);
    for (const id of ids) await this.revoke(tx, actor, id);
    return ids.length;
  }

  /** Lets the keys of an owner go on when his sessions are ended by the step from `epoch` to the next. */
  async carryOver(tx: Tx, ids: readonly string[], epoch: number): Promise<void> {
    for (const id of ids) await this.sessions.carryOver(tx, id, epoch);
  }

  private async keepSecret(tx: Tx, grantId: string, secret: string, expiresAt: number): Promise<void> {
    const now = this.clock.now();
    await this.repository.forgetDeadSecrets(tx, this.secrets.digestsOf(secret), now);
    try {
      await this.grants.insertCredential(tx, {
        id: newId(),
        grantId,
        use: 'key',
        format: 'opaque',
        digest: this.secrets.digestOf(secret),
        createdAt: now,
        expiresAt,
        consumedAt: null,
      });
    } catch (error) {
      if (uniqueViolation(error) !== 'credentials') throw error;
      throw new ApiKeySecretRefused('taken', { cause: error });
    }
  }

  private hintOf(secret: string): string {
    return this.secrets.looksGenerated(secret) ? secret.slice(-HINT) : '';
  }
}
