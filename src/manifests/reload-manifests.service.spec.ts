import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ApplyManifests } from './apply-manifests.service.js';
import { ManifestsFaulty } from './manifest-faults.js';
import type { ManifestReport } from './manifest-report.js';
import { ReloadManifests } from './reload-manifests.service.js';

const REPORT: ManifestReport = { created: [], changed: [], unchanged: [] };

describe('ReloadManifests', () => {
  let apply: jest.Mock<() => Promise<ManifestReport | null>>;
  let reload: ReloadManifests;
  let error: ReturnType<typeof jest.spyOn>;
  let warn: ReturnType<typeof jest.spyOn>;
  beforeEach(() => {
    apply = jest.fn<() => Promise<ManifestReport | null>>().mockResolvedValue(REPORT);
    reload = new ReloadManifests({ apply } as unknown as ApplyManifests);
    error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => jest.restoreAllMocks());

  it('applies one after the other', async () => {
    const finish: (() => void)[] = [];
    apply.mockImplementation(() => new Promise((resolve) => finish.push(() => resolve(REPORT))));
    const [first, second] = [reload.reload(), reload.reload()];
    await new Promise(setImmediate);
    expect(apply).toHaveBeenCalledTimes(1);
    finish[0]?.();
    await first;
    await new Promise(setImmediate);
    expect(apply).toHaveBeenCalledTimes(2);
    finish[1]?.();
    await second;
    expect(reload.failures).toBe(0);
  });

  it('tells every fault, counts it, and goes on', async () => {
    const faulty = new ManifestsFaulty([
      { file: 'a.yaml', message: 'one' },
      { file: 'b.yaml', message: 'two' },
    ]);
    apply.mockRejectedValueOnce(faulty).mockRejectedValueOnce(new Error('no database'));
    await reload.reload();
    expect(error.mock.calls).toEqual([
      ['The manifests were not applied, and all stays as it was:\na.yaml: one\nb.yaml: two'],
    ]);
    await reload.reload();
    expect(error).toHaveBeenLastCalledWith(expect.any(String), new Error('no database'));
    expect(reload.failures).toBe(2);
    await reload.reload();
    expect(apply).toHaveBeenCalledTimes(3);
    expect(reload.failures).toBe(2);
  });

  it('warns when there is no folder', async () => {
    apply.mockResolvedValue(null);
    await reload.reload();
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('finishes what is under way at the end, and starts nothing more', async () => {
    let finish = () => undefined as void;
    apply.mockImplementation(() => new Promise((resolve) => (finish = () => resolve(REPORT))));
    void reload.reload();
    void reload.reload();
    await new Promise(setImmediate);
    const ended = reload.beforeApplicationShutdown();
    finish();
    await ended;
    expect(apply).toHaveBeenCalledTimes(1);
  });
});
