import { Injectable } from '@nestjs/common';
import { Counter, Registry } from 'prom-client';
import { measureProcess } from './process-metrics.js';

/** What is counted, and what the process says of itself, for Prometheus. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();

  constructor() {
    measureProcess(this.registry);
  }

  /**
   * A counter that only grows. Whoever counts bounds the values of its labels: each one lives as long
   * as the process, and none may be a secret or a person.
   */
  counter<Label extends string>(name: string, help: string, labels: readonly Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** All of it in the text format of Prometheus; values of the process are read now. */
  async render(): Promise<{ contentType: string; body: string }> {
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }
}
