import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Overloaded } from '../../common/errors.js';
import { limitsAddress } from '../limits-address.js';

const AT_ONCE = 16;
const AT_ONCE_OF_ONE = 4;

/**
 * Bounds the uploads under way in this process, whose files are held in memory until they are kept: 16 at
 * once, of one owner 4 and from one address (an IPv6 one by its /64) 4, so that nobody alone can keep the
 * others from theirs.
 */
@Injectable()
export class UploadSlots {
  private readonly held = new Map<string, number>();
  private total = 0;

  /**
   * Runs `job`, which reads the request's body, if that is multipart in one of the slots.
   * @throws Overloaded at once when none is free: the body is not read
   */
  async during<T>(request: FastifyRequest, owner: string, job: () => Promise<T>): Promise<T> {
    if (!request.isMultipart()) return job();
    const holders = [`owner ${owner}`, `address ${limitsAddress(request.ip)}`];
    const isHeld = holders.some((holder) => (this.held.get(holder) ?? 0) >= AT_ONCE_OF_ONE);
    if (this.total >= AT_ONCE || isHeld) throw new Overloaded(1);
    this.change(holders, 1);
    try {
      return await job();
    } finally {
      this.change(holders, -1);
    }
  }

  private change(holders: readonly string[], by: 1 | -1): void {
    this.total += by;
    for (const holder of holders) {
      const held = (this.held.get(holder) ?? 0) + by;
      if (held === 0) this.held.delete(holder);
      else this.held.set(holder, held);
    }
  }
}
