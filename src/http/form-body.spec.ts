import { readFormBody } from './form-body.js';
import { MalformedBody } from './http.errors.js';

describe('readFormBody', () => {
  it.each([
    ['', {}],
    ['a=1&b=', { a: '1', b: '' }],
    ['a', { a: '' }],
    ['a=1&a=2', { a: ['1', '2'] }],
    ['a=x+y%2Bz', { a: 'x y+z' }],
    ['a=%C3%BC', { a: 'ü' }],
    ['admin[email]=e&admin[roles][]=1&admin[roles][]=2', { admin: { email: 'e', roles: ['1', '2'] } }],
    ['admin%5Bemail%5D=e', { admin: { email: 'e' } }],
    ['l[0][a]=1&l[1][a]=2', { l: [{ a: '1' }, { a: '2' }] }],
    ['__proto__[x]=1&a=1', { a: '1' }],
    ['toString=1&a=1', { a: '1' }],
  ])('reads %s', (text, body) => {
    expect(readFormBody(text)).toEqual(body);
  });

  it.each(['a=%', 'a=%zz', 'a=%FF', '%FF=a', 'a=\uFFFD', 'a=%00', 'a[b][c][d][e][f][g]=1'])(
    'refuses %j',
    (text) => {
      expect(() => readFormBody(text)).toThrow(MalformedBody);
    },
  );
});
