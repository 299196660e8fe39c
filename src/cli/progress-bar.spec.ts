import { ProgressBar } from './progress-bar.js';

describe('ProgressBar', () => {
  let time = 0;
  const barOn = (isTTY: boolean) => {
    const written: string[] = [];
    const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
    return { written, bar: new ProgressBar(stream, () => time) };
  };

  it('is drawn over on a terminal, ten times a second at most, and taken away', () => {
    time = 1_000;
    const { written, bar } = barOn(true);
    bar.show(0.5, '5 rows');
    time += 50;
    bar.show(0.6, '6 rows');
    time += 60;
    bar.show(1, '10 rows');
    bar.clear();
    bar.clear();
    expect(written).toEqual([
      `\r\u001b[K[${'#'.repeat(12)}${' '.repeat(12)}] 50 %, 5 rows`,
      `\r\u001b[K[${'#'.repeat(24)}] 100 %, 10 rows`,
      '\r\u001b[K',
    ]);
  });

  it('is a line every five seconds elsewhere', () => {
    time = 1_000;
    const { written, bar } = barOn(false);
    bar.show(0, 'none');
    time += 5_000;
    bar.show(0.333, '1 row');
    bar.show(0.4, '2 rows');
    bar.clear();
    expect(written).toEqual(['33 %, 1 row\n']);
  });
});
