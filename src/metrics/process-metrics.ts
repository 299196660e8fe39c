import { performance } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

type Reading = readonly [name: string, help: string, read: () => number];

const LEVELS: readonly Reading[] = [
  ['process_start_time_seconds', 'When the process started, since 1970.', () => performance.timeOrigin / 1e3],
  ['process_resident_memory_bytes', 'Memory that the process holds.', () => process.memoryUsage.rss()],
  ['nodejs_heap_size_total_bytes', 'Size of the heap.', () => process.memoryUsage().heapTotal],
  ['nodejs_heap_size_used_bytes', 'Used part of the heap.', () => process.memoryUsage().heapUsed],
  ['nodejs_external_memory_bytes', 'Memory outside the heap.', () => process.memoryUsage().external],
];

const TOTALS: readonly Reading[] = [
  ['process_cpu_seconds_total', 'Time of all threads on a processor.', cpuSeconds],
  ['nodejs_eventloop_active_seconds_total', 'Time in which the event loop worked.', () => loop('active')],
  ['nodejs_eventloop_idle_seconds_total', 'Time in which the event loop waited.', () => loop('idle')],
];

/**
 * Has the process tell of itself whenever `registry` is read, and at no other time: the library's own
 * set would also watch every garbage collection and keep a timer.
 */
export function measureProcess(registry: Registry): void {
  const registers = [registry];
  for (const [name, help, read] of LEVELS) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
  for (const [name, help, read] of TOTALS) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function loop(state: 'active' | 'idle'): number {
  return performance.eventLoopUtilization()[state] / 1e3;
}
