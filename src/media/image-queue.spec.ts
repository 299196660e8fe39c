import { SECOND } from '../common/clock.js';
import { Overloaded } from '../common/errors.js';
import { ImageQueue } from './image-queue.js';

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

describe('the queue of images', () => {
  it('lets one run at a time, in the order of their coming', async () => {
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
    expect(await Promise.all([1, 2, 3].map((number) => queue.run(job(number))))).toEqual([1, 2, 3]);
    expect(order).toEqual([1, 2, 3]);
  });

  it('goes on after a job that failed', async () => {
    const queue = new ImageQueue();
    const failing = queue.run(() => Promise.reject(new Error('no')));
    const other = queue.run(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    expect(await other).toBe('yes');
    expect(await queue.run(() => Promise.resolve('again'))).toBe('again');
  });

  it('refuses at once when as many wait as may', async () => {
    const queue = new ImageQueue(1);
    const [first, second] = [heldJob(), heldJob()];
    const running = [queue.run(first.job), queue.run(second.job)];
    await expect(queue.run(() => Promise.resolve())).rejects.toThrow(Overloaded);
    first.end();
    second.end();
    await Promise.all(running);
  });

  it('refuses whose turn comes too late, without running him', async () => {
    let now = 0;
    const queue = new ImageQueue(2, () => now);
    const [first, late] = [heldJob(), heldJob()];
    const running = queue.run(first.job);
    const waiting = queue.run(late.job);
    now = 10 * SECOND + 1;
    first.end();
    await running;
    await expect(waiting).rejects.toThrow(Overloaded);
    expect(late.hasBegun()).toBe(false);
  });
});
