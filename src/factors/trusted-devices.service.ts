import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.service.js';
import type { Actor } from '../common/actor.js';
import { Clock, DAY } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { newId } from '../common/ids.js';
import type { Db, Tx } from '../database/db.js';
import { TrustedDeviceNotFound } from './factors.errors.js';
import type { DeviceProof, NewlyTrusted, TrustedDevice } from './trusted-device.js';
import { TrustedDevicesRepository } from './trusted-devices.repository.js';

/** How long a device is trusted; using it moves nothing. */
const TRUSTED_FOR = 30 * DAY;

const SECRET_BYTES = 32;

/**
 * Browsers in which a user showed his second factor and is not asked for it again: for 30 days, until
 * they are revoked, and no longer than until whatever ends all his sessions or changes his factors.
 */
@Injectable()
export class TrustedDevices {
  constructor(
    private readonly devices: TrustedDevicesRepository,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Trusts the browser that has just shown a right code; one of its user's that it was before is forgotten. */
  async trust(
    tx: Tx,
    actor: Actor,
    { userId, epoch, previous }: { userId: string; epoch: number; previous: string | null },
  ): Promise<NewlyTrusted> {
    const now = this.clock.now();
    const [id, secret] = [newId(), randomBytes(SECRET_BYTES).toString('base64url')];
    if (previous) await this.devices.deleteByDigest(tx, { userId, digest: digestOf(previous) });
    await this.devices.insert(tx, {
      id,
      userId,
      digest: digestOf(secret),
      epoch,
      userAgent: actor.userAgent.slice(0, 256),
      address: actor.address.slice(0, 64),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: now + TRUSTED_FOR,
    });
    await this.audit.record(tx, actor, { kind: 'device.trusted', userId, objectId: id, isProof: true });
    return { secret, expiresAt: now + TRUSTED_FOR };
  }

  /** What a cookie is worth to this user instead of a code: null unless it is of a device of his that counts. */
  async look(db: Db, userId: string, secret: string): Promise<DeviceProof | null> {
    const digest = digestOf(secret);
    const isTrusted = await this.devices.isTrusted(db, { userId, digest }, this.clock.now());
    return isTrusted ? { userId, digest } : null;
  }

  /** Whether the device still counts; its use is noted. */
  isGood(tx: Tx, proof: DeviceProof): Promise<boolean> {
    return this.devices.use(tx, proof, this.clock.now());
  }

  /** The user's devices in order of their making, at most `limit` after the one with id `afterId`. */
  list(db: Db, userId: string, page: { afterId: string; limit: number }): Promise<TrustedDevice[]> {
    return this.devices.findPage(db, { userId, ...page, now: this.clock.now() });
  }

  /** From the next sign-in on the device counts for nothing. @throws TrustedDeviceNotFound */
  async revoke(tx: Tx, actor: Actor, userId: string, id: string): Promise<void> {
    if (!(await this.devices.delete(tx, userId, id, this.clock.now()))) throw new TrustedDeviceNotFound();
    await this.audit.record(tx, actor, { kind: 'device.revoked', userId, objectId: id });
  }

  /** The same of all devices of the user; without any nothing happens. */
  async revokeAll(tx: Tx, actor: Actor, userId: string): Promise<void> {
    if (!(await this.devices.deleteAll(tx, userId))) return;
    await this.audit.record(tx, actor, { kind: 'device.revoked', userId });
  }

  /**
   * Ends them with what they stood in for; answers whether there were any. The last statement of its
   * unit: a device that is being trusted meanwhile is then seen.
   */
  end(tx: Tx, userId: string): Promise<boolean> {
    return this.devices.deleteAll(tx, userId);
  }
}
