import { Injectable } from '@nestjs/common';
import type { Actor } from '../common/actor.js';
import { Clock, DAY } from '../common/clock.js';
import { digestOf } from '../common/digest.js';
import { Reader, type Tx } from '../database/db.js';
import { Endings } from '../database/endings.service.js';
import { PersonalData } from '../database/personal-data.service.js';
import { uniqueViolation } from '../database/faults.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { KeyRing } from '../secrets/key-ring.js';
import type { Creation, CreationKey } from './creation-key.js';
import { IdempotencyKeyReused } from './idempotency.errors.js';
import { IdempotencyKeysRepository } from './idempotency-keys.repository.js';

/** How long a key is known (contract 5). */
const KEPT = DAY;

const PURPOSE = 'idempotent request';

/** Creations that a caller repeats, after a broken connection say, without making the same thing twice. */
@Injectable()
export class Idempotency {
  constructor(
    private readonly repository: IdempotencyKeysRepository,
    private readonly keyRing: KeyRing,
    private readonly reader: Reader,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    endings: Endings,
    personal: PersonalData,
  ) {
    personal.addErasure((tx, { userId }) => repository.forgetObject(tx, userId));
    endings.addRows((tx, now, batch) => repository.purge(tx, now - KEPT, batch));
  }

  /**
   * What this caller made with the key within the last 24 h; null for a new key and for none. Asked before
   * the request is looked at: what was free then is taken now, by the very thing that was made.
   * @throws IdempotencyKeyReused when it came with another request
   */
  async find(actor: Actor, creation: CreationKey | null): Promise<Creation | null> {
    if (creation === null) return null;
    const { digest, macs } = this.marksOf(actor, creation);
    const known = await this.repository.find(this.reader, digest, this.clock.now() - KEPT);
    if (!known) return null;
    if (!macs.includes(known.requestMac)) throw new IdempotencyKeyReused();
    return { id: known.objectId, isRepeated: true };
  }

  /**
   * Has `make` make a thing in a unit of work, and answers its id; the key is kept in the same unit. Of
   * requests with one key that race, one makes it and the others are told of it.
   * @throws IdempotencyKeyReused, and what `make` throws
   */
  async once(
    actor: Actor,
    creation: CreationKey | null,
    make: (tx: Tx) => Promise<string>,
  ): Promise<Creation> {
    try {
      const id = await this.unitOfWork.run((tx) => this.keep(tx, actor, creation, make));
      return { id, isRepeated: false };
    } catch (error) {
      const isTaken = uniqueViolation(error) === 'idempotency_keys';
      const earlier = isTaken ? await this.find(actor, creation) : null;
      if (!earlier) throw error;
      return earlier;
    }
  }

  private async keep(
    tx: Tx,
    actor: Actor,
    creation: CreationKey | null,
    make: (tx: Tx) => Promise<string>,
  ): Promise<string> {
    if (creation === null) return make(tx);
    const now = this.clock.now();
    const { digest, macs } = this.marksOf(actor, creation);
    const [requestMac = ''] = macs;
    // First of all: who races waits here, before he finds what he asks for taken by himself.
    await this.repository.take(tx, { digest, requestMac, now, endedBefore: now - KEPT });
    const id = await make(tx);
    await this.repository.setObject(tx, digest, id);
    return id;
  }

  private marksOf(actor: Actor, { key, route, request }: CreationKey) {
    const digest = digestOf(JSON.stringify([callerOf(actor), route, key]));
    return { digest, macs: this.keyRing.macs(`${PURPOSE} ${digest}`, request) };
  }
}

/** Whose keys they are: two callers may choose the same one. */
function callerOf({ principal }: Actor): string[] {
  if (principal?.kind === 'user') return ['user', principal.userId];
  return principal?.kind === 'service' ? ['service', principal.name] : [];
}
