import type { FastifyRequest } from 'fastify';
import { Overloaded } from '../../common/errors.js';
import { UploadSlots } from './upload-slots.js';

const request = (isMultipart: boolean) => ({ isMultipart: () => isMultipart }) as FastifyRequest;
const MULTIPART = request(true);

describe('the slots of uploads', () => {
  let slots: UploadSlots;
  let end: () => void;
  let ended: Promise<void>;
  let running: Promise<unknown>[];

  beforeEach(() => {
    slots = new UploadSlots();
    ended = new Promise<void>((resolve) => (end = resolve));
    running = [];
  });
  afterEach(async () => {
    end();
    await Promise.all(running);
  });

  const occupy = (owner: string, count: number) => {
    for (let at = 0; at < count; at += 1) running.push(slots.during(MULTIPART, owner, () => ended));
  };
  const attempt = (owner: string, of = MULTIPART) => slots.during(of, owner, () => Promise.resolve('done'));

  it('are four for one owner', async () => {
    occupy('ada', 4);
    await expect(attempt('ada')).rejects.toThrow(Overloaded);
    expect(await attempt('bob')).toBe('done');
  });

  it('are sixteen for all', async () => {
    for (const owner of ['a', 'b', 'c', 'd']) occupy(owner, 4);
    await expect(attempt('ada')).rejects.toThrow(Overloaded);
  });

  it('are free again after a job, also after one that failed', async () => {
    occupy('ada', 3);
    for (let times = 0; times < 5; times += 1) {
      const failing = slots.during(MULTIPART, 'ada', () => Promise.reject(new Error('no')));
      await expect(failing).rejects.toThrow('no');
      expect(await attempt('ada')).toBe('done');
    }
  });

  it('are not for other bodies', async () => {
    occupy('ada', 4);
    expect(await attempt('ada', request(false))).toBe('done');
  });
});
