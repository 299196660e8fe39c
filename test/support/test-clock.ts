import { Clock } from '../../src/common/clock.js';

/** A clock that a test moves forward; between moves it runs as the real one does. */
export class TestClock extends Clock {
  private ahead = 0;

  override now(): number {
    return Date.now() + this.ahead;
  }

  advance(milliseconds: number): void {
    this.ahead += milliseconds;
  }
}
