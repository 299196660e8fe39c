import { plainName } from './plain-name.js';

describe('plainName', () => {
  it.each([
    ['Ada Lovelace', 'Ada Lovelace'],
    ["J. R. O'Neill-Łoś (Ltd.) & Co.", "J. R. O'Neill-Łoś (Ltd.) & Co."],
    ['Zoë नमस्ते 李', 'Zoë नमस्ते 李'],
    ['  much \t space\r\nBcc: eve@example.org ', 'much space Bcc eve example. org'],
    ['https://evil.example/x?y=1', 'https evil. example x y 1'],
    ['www.evil.example', 'www. evil. example'],
    ['ｗｗｗ．evil．example', 'www. evil. example'],
    ['<a href="//evil">Ada</a>', 'a href evil Ada a'],
    ['Ada\u202eadA\u0000\u200b', 'Ada adA'],
    ['{{link}} ${link} %s', 'link link s'],
    ['🎉', ''],
    ['', ''],
  ])('%p is %p', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it('ends after 60 characters', () => {
    expect(plainName('x'.repeat(150))).toHaveLength(60);
  });
});
