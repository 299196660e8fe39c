import { Overloaded } from '../common/errors.js';
import { HashQueue } from './hash-queue.js';

/** A job that ends when the test says so. */
function heldJob<T = void>() {
  let finish!: (value: T) => void;
  let fail!: (error: Error) => void;
  const outcome = new Promise<T>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const held = { started: false, finish, fail, job: () => ((held.started = true), outcome) };
  return held;
}

/** Lets everything that is ready run. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('HashQueue', () => {
  let time: number;
  const queueOf = (size: number, capacity = 512) => new HashQueue(size, capacity, () => time);

  beforeEach(() => {
    time = 1_000;
  });

  it('runs as many at once as its size and the others in the order of their coming', async () => {
    const queue = queueOf(2);
    const jobs = [1, 2, 3, 4].map(() => heldJob<number>());
    const results = jobs.map(({ job }) => queue.run(job));
    expect(jobs.map(({ started }) => started)).toEqual([true, true, false, false]);
    expect([queue.running, queue.waiting]).toEqual([2, 2]);

    jobs[1]!.finish(20);
    await settle();
    expect(jobs.map(({ started }) => started)).toEqual([true, true, true, false]);
    expect([queue.running, queue.waiting]).toEqual([2, 1]);

    jobs[0]!.finish(10);
    await settle();
    jobs[3]!.finish(40);
    jobs[2]!.finish(30);
    await expect(Promise.all(results)).resolves.toEqual([10, 20, 30, 40]);
    expect([queue.running, queue.waiting]).toEqual([0, 0]);
  });

  it('hands on what a job throws, later or at once, and goes on', async () => {
    const queue = queueOf(1);
    const first = heldJob();
    const failing = queue.run(first.job);
    const throwing = queue.run(() => {
      throw new Error('at once');
    });
    const last = queue.run(async () => 'done');
    first.fail(new Error('later'));
    await expect(failing).rejects.toThrow('later');
    await expect(throwing).rejects.toThrow('at once');
    await expect(last).resolves.toBe('done');
    expect(queue.running).toBe(0);
  });

  it('refuses at once when it is full', async () => {
    const queue = queueOf(1, 2);
    const held = heldJob();
    const accepted = [queue.run(held.job), queue.run(async () => {}), queue.run(async () => {})];
    await expect(queue.run(async () => {})).rejects.toEqual(new Overloaded(1));
    expect(queue.waiting).toBe(2);
    held.finish();
    await Promise.all(accepted);
  });

  it('lets 512 wait by default', async () => {
    const queue = new HashQueue(1);
    const held = heldJob();
    const accepted = Array.from({ length: 513 }, () => queue.run(held.job));
    await expect(queue.run(held.job)).rejects.toBeInstanceOf(Overloaded);
    expect(queue.waiting).toBe(512);
    held.finish();
    await Promise.all(accepted);
  });

  it('refuses at once who would wait over 5 s, by the average of past jobs', async () => {
    const queue = queueOf(2);
    await runFor(queue, 2_000);
    const held = heldJob();
    const accepted = Array.from({ length: 2 + 5 }, () => queue.run(held.job));
    const refusal = queue.run(held.job);
    await expect(refusal).rejects.toMatchObject({ kind: 'overloaded', params: { retryAfterSeconds: 6 } });
    held.finish();
    await Promise.all(accepted);
  });

  it('forgets a slow job as quick ones follow', async () => {
    const queue = queueOf(1);
    await runFor(queue, 60_000);
    const held = heldJob();
    const running = queue.run(held.job);
    await expect(queue.run(held.job)).rejects.toBeInstanceOf(Overloaded);
    held.finish();
    await running;
    for (let round = 0; round < 30; round += 1) await runFor(queue, 10);

    const next = heldJob();
    const accepted = [queue.run(next.job), queue.run(next.job)];
    expect(queue.waiting).toBe(1);
    next.finish();
    await Promise.all(accepted);
  });

  it('sheds who has waited over 5 s when his turn comes, and runs the next', async () => {
    const queue = queueOf(1);
    const slow = heldJob();
    const first = queue.run(slow.job);
    const late = heldJob();
    const shed = queue.run(late.job);
    time += 1;
    const punctual = queue.run(async () => 'in time');
    time += 5_000;
    slow.finish();
    await first;
    await expect(shed).rejects.toBeInstanceOf(Overloaded);
    await expect(punctual).resolves.toBe('in time');
    expect(late.started).toBe(false);
  });

  it('drops a waiting job whose caller has gone and frees its place', async () => {
    const queue = queueOf(1, 1);
    const held = heldJob();
    const first = queue.run(held.job);
    const gone = new AbortController();
    const dropped = heldJob();
    const waiting = queue.run(dropped.job, gone.signal);
    gone.abort();
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
    expect(queue.waiting).toBe(0);

    const next = queue.run(async () => 'next');
    held.finish();
    await first;
    await expect(next).resolves.toBe('next');
    expect(dropped.started).toBe(false);
  });

  it('does not begin for a caller who has gone before', async () => {
    const job = heldJob();
    await expect(queueOf(1).run(job.job, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(job.started).toBe(false);
  });

  it('finishes a job that has begun although its caller has gone', async () => {
    const queue = queueOf(1);
    const held = heldJob();
    const first = queue.run(held.job);
    const gone = new AbortController();
    const second = heldJob<string>();
    const result = queue.run(second.job, gone.signal);
    held.finish();
    await first;
    await settle();
    gone.abort();
    second.finish('finished');
    await expect(result).resolves.toBe('finished');
    expect(queue.running).toBe(0);
  });

  async function runFor(queue: HashQueue, duration: number): Promise<void> {
    await queue.run(async () => {
      time += duration;
    });
  }
});
