import { availableParallelism } from 'node:os';
import { SECOND } from '../common/clock.js';
import { Overloaded } from '../common/errors.js';

/** How many hashes may wait; contract 3.12 asks for 256 at least. */
const CAPACITY = 512;
const LONGEST_WAIT = 5 * SECOND;

/** The weight of the newest job in the moving average of job durations. */
const NEWEST_WEIGHT = 0.1;

interface Waiting {
  readonly since: number;
  readonly start: () => void;
  readonly shed: () => void;
}

/**
 * Lets at most `size` expensive jobs run at once and the others wait in the order of their coming.
 * A hash takes a whole processor, so more of them at once would only make each slower; who would wait
 * longer than 5 s is told at once to come back later instead of being answered when he has gone.
 */
export class HashQueue {
  // A Set keeps the order of insertion and drops one from its middle without a search.
  private readonly queue = new Set<Waiting>();
  private active = 0;
  private averageDuration: number | null = null;

  /**
   * @param size jobs at once.
   * @param capacity jobs that may wait.
   * @param now milliseconds that never run backwards; the epoch does not matter.
   */
  constructor(
    private readonly size: number = availableParallelism(),
    private readonly capacity: number = CAPACITY,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Jobs that wait for their turn. */
  get waiting(): number {
    return this.queue.size;
  }

  /** Jobs under way. */
  get running(): number {
    return this.active;
  }

  /**
   * Runs `job` when its turn comes and hands on what it returns or throws.
   * @param signal aborted while the job still waits: the job is dropped and its place is free. A job that
   * has begun cannot be stopped and is waited for.
   * @throws Overloaded at once when the queue is full or the wait would exceed 5 s, and later when it did.
   * @throws DOMException named AbortError when `signal` was aborted before the job began.
   */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) return Promise.reject(abortError());
    if (this.active < this.size) return this.begin(job);
    if (this.queue.size >= this.capacity || this.expectedWait() > LONGEST_WAIT) {
      return Promise.reject(this.overloaded());
    }
    return new Promise<T>((resolve, reject) => {
      const drop = () => {
        this.queue.delete(entry);
        reject(abortError());
      };
      const entry: Waiting = {
        since: this.now(),
        start: () => {
          signal?.removeEventListener('abort', drop);
          resolve(this.begin(job));
        },
        shed: () => {
          signal?.removeEventListener('abort', drop);
          reject(this.overloaded());
        },
      };
      this.queue.add(entry);
      signal?.addEventListener('abort', drop, { once: true });
    });
  }

  private async begin<T>(job: () => Promise<T>): Promise<T> {
    this.active += 1;
    const startedAt = this.now();
    try {
      return await job();
    } finally {
      this.active -= 1;
      this.learn(this.now() - startedAt);
      this.next();
    }
  }

  private next(): void {
    for (const entry of this.queue) {
      if (this.active >= this.size) return;
      this.queue.delete(entry);
      if (this.now() - entry.since > LONGEST_WAIT) entry.shed();
      else entry.start();
    }
  }

  private learn(duration: number): void {
    const average = this.averageDuration ?? duration;
    this.averageDuration = average + NEWEST_WEIGHT * (duration - average);
  }

  /** How long one who joins the queue now would wait, in ms; 0 as long as nothing is known. */
  private expectedWait(): number {
    return ((this.averageDuration ?? 0) * (this.queue.size + 1)) / this.size;
  }

  private overloaded(): Overloaded {
    return new Overloaded(Math.max(1, Math.ceil(this.expectedWait() / SECOND)));
  }
}

function abortError(): DOMException {
  return new DOMException('The caller has gone before the password was hashed', 'AbortError');
}
