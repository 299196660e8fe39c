import fc from 'fast-check';
import { MalformedBody } from './http.errors.js';
import { readJsonBody } from './json-body.js';

const read = (text: string) => readJsonBody(Buffer.from(text));

describe('readJsonBody', () => {
  it('reads whatever JSON says, an empty body as {}', () => {
    expect(read('')).toEqual({});
    expect(read('\uFEFF{"a":1}')).toEqual({ a: 1 });
    expect(read('{"a:b":"c\\":d","e":{"f":[{"g":":"},{"g":"\\\\"}]}}')).toEqual({
      'a:b': 'c":d',
      e: { f: [{ g: ':' }, { g: '\\' }] },
    });
  });

  it('reads back every storable value that was written', () => {
    const isStorable = (value: unknown) =>
      !/\\u0000|\\ud[89a-f]|"__proto__"|"constructor"/i.test(JSON.stringify(value));
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }).filter(isStorable), (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(read(text))).toBe(text);
      }),
    );
  });

  it.each([
    '{',
    '{"a":1,"a":1}',
    '{"a":{"b":1},"a":2}',
    '[{"a":1,"a":2}]',
    '{"\\u0061":1,"a":2}',
    '{"constructor":1}',
    '"\\u0000"',
    '{"\\u0000":1}',
    '"\\udfff"',
  ])('refuses %s without quoting it', (text) => {
    let thrown: unknown;
    try {
      read(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MalformedBody);
    expect(thrown).toMatchObject({ message: 'MalformedBody', params: {} });
    expect((thrown as Error).cause).toBeUndefined();
  });

  it('takes 32 levels and 10,000 values, and no more', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => read(nested(33))).not.toThrow();
    expect(() => read(nested(34))).toThrow(MalformedBody);
    const list = (length: number) => JSON.stringify(new Array(length).fill(0));
    expect(() => read(list(10_000))).not.toThrow();
    expect(() => read(list(10_001))).toThrow(MalformedBody);
    const members = (count: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 1])));
    expect(() => read(members(1_000))).not.toThrow();
    expect(() => read(members(1_001))).toThrow(MalformedBody);
  });
});
