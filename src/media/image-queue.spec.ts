import { SECOND } from '../common/clock.js';
import { Overloaded } from '../common/errors.js';
import { ImageQueue } from './image-queue.js';

const ADA = { id: 'ada' };
const BOB = { id: 'bob' };
const CYD = { id: 'cyd' };

/** A job that runs until it is told to end. */
function heldJob() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  let hasBegun = false;
  const job = async () => {
    hasBegun = true;
    await ended;
  };
  return { job, end: () => end(), hasBegun: () => hasBegun };
}

const nothing = () => Promise.resolve();

describe('the queue of images', () => {
  it('lets one run at a time, of one owner in the order of their coming', async () => {
    const queue = new ImageQueue();
    const order: number[] = [];
    let running = 0;
    const job = (number: number) => async () => {
      running += 1;
      expect(running).toBe(1);
      await Promise.resolve();
      order.push(number);
      running -= 1;
      return number;
    };
    expect(await Promise.all([1, 2, 3].map((number) => queue.run(ADA, job(number))))).toEqual([1, 2, 3]);
    expect(order).toEqual([1, 2, 3]);
  });

  it('goes on after a job that failed', async () => {
    const queue = new ImageQueue();
    const failing = queue.run(ADA, () => Promise.reject(new Error('no')));
    const other = queue.run(ADA, () => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await other).toBe('yes');
    expect(await queue.run(ADA, () => Promise.resolve('again'))).toBe('again');
  });

  it('lets the owners take turns, and who was served goes behind the others', async () => {
    const queue = new ImageQueue();
    const order: string[] = [];
    const job = (name: string) => () => {
      order.push(name);
      return Promise.resolve();
    };
    const held = heldJob();
    const running = [
      queue.run(ADA, held.job),
      queue.run(ADA, job('ada 2')),
      queue.run(ADA, job('ada 3')),
      queue.run(BOB, job('bob 1')),
      queue.run(BOB, job('bob 2')),
      queue.run(CYD, job('cyd 1')),
    ];
    held.end();
    await Promise.all(running);
    expect(order).toEqual(['bob 1', 'cyd 1', 'ada 2', 'bob 2', 'ada 3']);
  });

  it('lets two of one owner wait, and refuses his third at once', async () => {
    const queue = new ImageQueue();
    const held = heldJob();
    const running = [queue.run(ADA, held.job), queue.run(ADA, nothing), queue.run(ADA, nothing)];
    await expect(queue.run(ADA, nothing)).rejects.toThrow(Overloaded);
    running.push(queue.run(BOB, nothing));
    held.end();
    await Promise.all(running);
  });

  it('refuses at once when as many wait as may', async () => {
    const queue = new ImageQueue(1);
    const [first, second] = [heldJob(), heldJob()];
    const running = [queue.run(ADA, first.job), queue.run(BOB, second.job)];
    await expect(queue.run(CYD, nothing)).rejects.toThrow(Overloaded);
    first.end();
    second.end();
    await Promise.all(running);
  });

  it('refuses whose turn comes too late, without running him', async () => {
    let now = 0;
    const queue = new ImageQueue(2, () => now);
    const [first, late] = [heldJob(), heldJob()];
    const running = queue.run(ADA, first.job);
    const waiting = queue.run(BOB, late.job);
    now = 20 * SECOND + 1;
    first.end();
    await running;
    await expect(waiting).rejects.toThrow(Overloaded);
    expect(late.hasBegun()).toBe(false);
  });

  it('drops the image of who has hung up, and frees its place', async () => {
    const queue = new ImageQueue(1);
    const [first, left] = [heldJob(), heldJob()];
    const caller = new AbortController();
    const running = queue.run(ADA, first.job);
    const waiting = queue.run({ id: 'bob', signal: caller.signal }, left.job);
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    const next = queue.run(CYD, nothing);
    first.end();
    await Promise.all([running, next]);
    await expect(queue.run({ id: 'bob', signal: caller.signal }, left.job)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(left.hasBegun()).toBe(false);
  });

  it('begins nothing once it is closed, and is closed when the running one is done', async () => {
    const queue = new ImageQueue();
    const [first, second] = [heldJob(), heldJob()];
    const running = queue.run(ADA, first.job);
    const waiting = queue.run(BOB, second.job);
    let isClosed = false;
    const closing = queue.close().then(() => (isClosed = true));
    await expect(waiting).rejects.toThrow(Overloaded);
    await expect(queue.run(CYD, second.job)).rejects.toThrow(Overloaded);
    expect(isClosed).toBe(false);
    first.end();
    await Promise.all([running, closing]);
    expect(second.hasBegun()).toBe(false);
  });
});
