import type { WriteStream } from 'node:tty';

const WIDTH = 24;
const OFTEN = 100;
const SELDOM = 5_000;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Shows how far something has come: on a terminal as a bar that is drawn over, elsewhere as a line every
 * five seconds.
 */
export class ProgressBar {
  private drawnAt = 0;
  private isDrawn = false;

  /** @param now milliseconds that never run backwards. */
  constructor(
    private readonly stream: Pick<WriteStream, 'isTTY' | 'write'>,
    private readonly now: () => number = () => performance.now(),
  ) {
    if (!stream.isTTY) this.drawnAt = now();
  }

  /** @param share from 0 to 1. */
  show(share: number, text: string): void {
    const due = this.drawnAt + (this.stream.isTTY ? OFTEN : SELDOM);
    if (this.now() < due) return;
    this.drawnAt = this.now();
    const percent = `${Math.floor(share * 100)} %`;
    if (!this.stream.isTTY) {
      this.stream.write(`${percent}, ${text}\n`);
      return;
    }
    const full = Math.round(share * WIDTH);
    this.stream.write(`${CLEAR_LINE}[${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${percent}, ${text}`);
    this.isDrawn = true;
  }

  /** Takes the bar away, for what is written next. */
  clear(): void {
    if (this.isDrawn) this.stream.write(CLEAR_LINE);
    this.isDrawn = false;
    if (this.stream.isTTY) this.drawnAt = 0;
  }
}
