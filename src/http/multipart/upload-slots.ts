import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Overloaded } from '../../common/errors.js';

const AT_ONCE = 16;
const AT_ONCE_OF_ONE = 4;

/**
 * Bounds the uploads under way in this process, whose files are held in memory until they are kept: 16 at
 * once, of one owner 4, so that nobody alone can keep the others from theirs.
 */
@Injectable()
export class UploadSlots {
  private readonly byOwner = new Map<string, number>();
  private total = 0;

  /**
   * Runs `job`, which reads the request's body, if that is multipart in one of the slots.
   * @throws Overloaded at once when none is free: the body is not read
   */
  async during<T>(request: FastifyRequest, owner: string, job: () => Promise<T>): Promise<T> {
    if (!request.isMultipart()) return job();
    const own = this.byOwner.get(owner) ?? 0;
    if (this.total >= AT_ONCE || own >= AT_ONCE_OF_ONE) throw new Overloaded(1);
    this.change(owner, 1);
    try {
      return await job();
    } finally {
      this.change(owner, -1);
    }
  }

  private change(owner: string, by: 1 | -1): void {
    const own = (this.byOwner.get(owner) ?? 0) + by;
    this.total += by;
    if (own === 0) this.byOwner.delete(owner);
    else this.byOwner.set(owner, own);
  }
}
