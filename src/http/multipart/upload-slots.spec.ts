import type { FastifyRequest } from 'fastify';
import { Overloaded } from '../../common/errors.js';
import { UploadSlots } from './upload-slots.js';

const request = (isMultipart: boolean, ip: string) =>
  ({ isMultipart: () => isMultipart, ip }) as FastifyRequest;
let addresses = 0;
/** From an address of its own, unless one is given. */
const multipart = (ip = `192.0.2.${(addresses += 1)}`) => request(true, ip);

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
    for (let at = 0; at < count; at += 1) running.push(slots.during(multipart(), owner, () => ended));
  };
  const attempt = (owner: string, of = multipart()) => slots.during(of, owner, () => Promise.resolve('done'));

  it('are four for one owner', async () => {
    occupy('ada', 4);
    await expect(attempt('ada')).rejects.toThrow(Overloaded);
    expect(await attempt('bob')).toBe('done');
  });

  it.each([
    ['one address', '203.0.113.5', '203.0.113.5', '203.0.113.6'],
    ['one IPv6 network', '2001:db8::1', '2001:db8::ffff', '2001:db8:0:1::1'],
  ])('are four for %s, whoever asks', async (_, address, same, other) => {
    for (const owner of ['a', 'b', 'c', 'd']) {
      running.push(slots.during(multipart(address), owner, () => ended));
    }
    await expect(attempt('ada', multipart(same))).rejects.toThrow(Overloaded);
    expect(await attempt('ada', multipart(other))).toBe('done');
  });

  it('are sixteen for all', async () => {
    for (const owner of ['a', 'b', 'c', 'd']) occupy(owner, 4);
    await expect(attempt('ada')).rejects.toThrow(Overloaded);
  });

  it('are free again after a job, also after one that failed', async () => {
    occupy('ada', 3);
    for (let times = 0; times < 5; times += 1) {
      const failing = slots.during(multipart(), 'ada', () => Promise.reject(new Error('no')));
      await expect(failing).rejects.toThrow('no');
      expect(await attempt('ada')).toBe('done');
    }
  });

  it('are not for other bodies', async () => {
    occupy('ada', 4);
    expect(await attempt('ada', request(false, '192.0.2.1'))).toBe('done');
  });
});
