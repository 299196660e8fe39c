import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { FenceRepository } from './fence.repository.js';
import type { Subject } from './subject.js';

type Listener = (subject: Subject) => void;

const REMEMBERED = 2_048;

/**
 * The barrier that makes revocation hold on the next request, on every node: before a cached copy is
 * used, every change committed before the request arrived has been applied here.
 */
@Injectable()
export class Fence implements OnModuleInit {
  private seen = 0;
  private readonly recent: { seq: number; subject: Subject }[] = [];
  private readonly listeners: Listener[] = [];
  private unsent: Promise<void> | null = null;
  private inFlight: Promise<void> = Promise.resolve();

  constructor(
    private readonly repository: FenceRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async onModuleInit(): Promise<void> {
    this.seen = await this.repository.findHead();
  }

  /** Has `listener` told of every subject that changed, before `passed()` resolves. */
  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** The newest change that has been applied here. */
  get position(): number {
    return this.seen;
  }

  /**
   * Resolves when every change committed before this call has been applied. Callers share a read
   * only if it is sent after they came: those that arrive while one is in flight wait for the next.
   * @throws whatever the read throws: who cannot know whether he is revoked is not let in.
   */
  passed(): Promise<void> {
    return (this.unsent ??= this.readNext());
  }

  /** True unless a change of one of `subjects` was applied after `position`, or it can no longer be told. */
  isUnchangedSince(position: number, subjects: readonly Subject[]): boolean {
    if (this.seen === position) return true;
    const oldest = this.recent[0];
    if (!oldest || oldest.seq > position + 1) return false;
    return !this.recent.some(({ seq, subject }) => seq > position && subjects.includes(subject));
  }

  private async readNext(): Promise<void> {
    await this.inFlight.catch(() => undefined);
    // SQLite answers at once, so one read serves all that arrive in this turn of the loop.
    if (this.unitOfWork.dialect === 'sqlite') await new Promise(setImmediate);
    // Who comes from here on came after the read was sent, and needs a later one.
    this.unsent = null;
    this.inFlight = this.pull();
    await this.inFlight;
  }

  private async pull(): Promise<void> {
    for (const change of await this.repository.findAfter(this.seen)) this.apply(change.seq, change.subject);
  }

  private apply(seq: number, subject: Subject): void {
    this.seen = seq;
    this.recent.push({ seq, subject });
    if (this.recent.length > REMEMBERED) this.recent.shift();
    for (const listener of this.listeners) listener(subject);
  }
}
