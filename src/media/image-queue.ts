import { SECOND } from '../common/clock.js';
import { Overloaded } from '../common/errors.js';

const CAPACITY = 16;
const LONGEST_WAIT = 10 * SECOND;

interface Waiting {
  readonly since: number;
  readonly start: () => void;
  readonly shed: () => void;
}

/**
 * Lets one image be decoded at a time and the others wait in the order of their coming. Decoding shares
 * its threads and processors with the hashing of passwords: more of it at once would hold up sign-ins.
 */
export class ImageQueue {
  private readonly queue: Waiting[] = [];
  private isBusy = false;

  /**
   * @param capacity images that may wait.
   * @param now milliseconds that never run backwards; the epoch does not matter.
   */
  constructor(
    private readonly capacity: number = CAPACITY,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Runs `job` when its turn comes and hands on what it returns or throws.
   * @throws Overloaded at once when the queue is full, and later when the turn came after 10 s.
   */
  run<T>(job: () => Promise<T>): Promise<T> {
    if (!this.isBusy) return this.begin(job);
    if (this.queue.length >= this.capacity) return Promise.reject(new Overloaded(1));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({
        since: this.now(),
        start: () => resolve(this.begin(job)),
        shed: () => reject(new Overloaded(1)),
      });
    });
  }

  private async begin<T>(job: () => Promise<T>): Promise<T> {
    this.isBusy = true;
    try {
      return await job();
    } finally {
      this.isBusy = false;
      this.next();
    }
  }

  private next(): void {
    while (!this.isBusy) {
      const entry = this.queue.shift();
      if (!entry) return;
      if (this.now() - entry.since > LONGEST_WAIT) entry.shed();
      else entry.start();
    }
  }
}
