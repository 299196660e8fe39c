import { SECOND } from '../common/clock.js';
import { Overloaded } from '../common/errors.js';

const CAPACITY = 16;
const WAITING_OF_ONE = 2;
const LONGEST_WAIT = 20 * SECOND;

interface Waiting {
  readonly since: number;
  readonly start: () => void;
  readonly shed: () => void;
}

/** Whose image it is, and what is aborted when he waits for it no more. */
export interface ImageOwner {
  readonly id: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lets one image be decoded at a time; the others wait, and their owners take turns: whoever was served is
 * behind everybody else who waits. Decoding shares its threads and processors with the hashing of
 * passwords: more of it at once would hold up sign-ins.
 */
export class ImageQueue {
  /** What waits, by its owner; the first owner is the next. */
  private readonly owners = new Map<string, Waiting[]>();
  private running: Promise<unknown> | null = null;
  private isClosed = false;

  /**
   * @param capacity images that may wait, of all owners.
   * @param now milliseconds that never run backwards; the epoch does not matter.
   */
  constructor(
    private readonly capacity: number = CAPACITY,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Runs `job` when its turn comes and hands on what it returns or throws. A job that has begun is not stopped.
   * @throws Overloaded at once when the queue is full or two of the owner's images wait, later when the turn
   *   came after 20 s or the queue was closed
   * @throws DOMException named AbortError when the owner's signal was aborted before the job began
   */
  run<T>(owner: ImageOwner, job: () => Promise<T>): Promise<T> {
    if (owner.signal?.aborted) return Promise.reject(abortError());
    if (this.isClosed) return Promise.reject(new Overloaded(1));
    if (!this.running) return this.begin(owner, job);
    if (!this.hasRoomFor(owner.id)) return Promise.reject(new Overloaded(1));
    return new Promise<T>((resolve, reject) => {
      const drop = () => {
        this.remove(owner.id, entry);
        reject(abortError());
      };
      const settle = (end: () => void) => () => {
        owner.signal?.removeEventListener('abort', drop);
        end();
      };
      const entry: Waiting = {
        since: this.now(),
        start: settle(() => resolve(this.begin(owner, job))),
        shed: settle(() => reject(new Overloaded(1))),
      };
      this.owners.set(owner.id, [...(this.owners.get(owner.id) ?? []), entry]);
      owner.signal?.addEventListener('abort', drop, { once: true });
    });
  }

  /** Sends away whatever waits and whatever comes. Resolves once the image that was under way is done. */
  async close(): Promise<void> {
    this.isClosed = true;
    const waiting = [...this.owners.values()].flat();
    this.owners.clear();
    for (const entry of waiting) entry.shed();
    await this.running?.catch(() => undefined);
  }

  private hasRoomFor(id: string): boolean {
    const lines = [...this.owners.values()];
    const waiting = lines.reduce((sum, { length }) => sum + length, 0);
    return waiting < this.capacity && (this.owners.get(id)?.length ?? 0) < WAITING_OF_ONE;
  }

  private async begin<T>({ id }: ImageOwner, job: () => Promise<T>): Promise<T> {
    const running = job();
    this.running = running;
    try {
      return await running;
    } finally {
      this.running = null;
      this.moveBack(id);
      this.next();
    }
  }

  /** Who was just served is behind all the others. */
  private moveBack(id: string): void {
    const line = this.owners.get(id);
    if (!line) return;
    this.owners.delete(id);
    this.owners.set(id, line);
  }

  private next(): void {
    while (!this.running) {
      const [first] = this.owners;
      const [id, [entry]] = first ?? ['', []];
      if (!entry) return;
      this.remove(id, entry);
      if (this.now() - entry.since > LONGEST_WAIT) entry.shed();
      else entry.start();
    }
  }

  private remove(id: string, entry: Waiting): void {
    const rest = (this.owners.get(id) ?? []).filter((other) => other !== entry);
    if (rest.length > 0) this.owners.set(id, rest);
    else this.owners.delete(id);
  }
}

function abortError(): DOMException {
  return new DOMException('The caller has gone before his image was decoded', 'AbortError');
}
