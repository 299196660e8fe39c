import { mediaTypeOf, newMediaName } from './media-name.js';

describe('a name of media', () => {
  it('is new each time, and tells its type', () => {
    const names = Array.from({ length: 50 }, () => newMediaName('jpg'));
    expect(new Set(names).size).toBe(50);
    for (const name of names) expect(mediaTypeOf(name)).toBe('image/jpeg');
    expect(mediaTypeOf(newMediaName('png'))).toBe('image/png');
    expect(mediaTypeOf(newMediaName('webp'))).toBe('image/webp');
  });

  it('is nothing else', () => {
    const stem = newMediaName('png').slice(0, -'.png'.length);
    for (const text of [
      '',
      stem,
      `${stem}.svg`,
      `${stem}.png\n`,
      `${stem}.png.html`,
      `${stem.toUpperCase()}A.png`,
      `${stem.slice(1)}.png`,
      `../${stem}.png`,
      `.${stem}.png`,
      `${stem}.png/`,
      `${stem}.png\0`,
      '../../gatehouse.sqlite',
      '..',
    ]) {
      expect(mediaTypeOf(text)).toBeNull();
    }
  });
});
