/** One value that a field may be sent as. `json` is raw: not all of it could come out of JSON.stringify. */
export interface FuzzValue {
  readonly name: string;
  readonly json: Buffer;
  /** The parameter in a form-urlencoded body, `f` being the field's name; null where a form has no such value. */
  readonly form: ((field: string) => string) | null;
}

const nest = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`;

const raw = (name: string, json: string, form: FuzzValue['form'] = null): FuzzValue => ({
  name,
  json: Buffer.from(json, 'utf8'),
  form,
});

/** Text goes into both kinds of body. */
const text = (name: string, value: string): FuzzValue =>
  raw(name, JSON.stringify(value), (field) => `${encodeURIComponent(field)}=${encodeURIComponent(value)}`);

const MEGABYTE_AND_MORE = 'm'.repeat(1_200_000);

/** Every value that each field of each route is sent as. */
export const FUZZ_VALUES: readonly FuzzValue[] = [
  raw('a number', '42', (field) => `${field}=42`),
  raw('a negative number', '-1', (field) => `${field}=-1`),
  raw('a fraction', '0.1', (field) => `${field}=0.1`),
  raw('a number beyond all', '1e400'),
  raw('a number whose digits get lost', '12345678901234567890'),
  raw('null', 'null', (field) => field),
  raw('true', 'true', (field) => `${field}=true`),
  raw('false', 'false'),
  raw('an empty list', '[]', (field) => `${field}[]=`),
  raw('a list', '["a@example.com","b"]', (field) => `${field}=a%40example.com&${field}=b`),
  raw('a long list', `[${'1,'.repeat(5_000)}1]`, (field) => `${field}=1&`.repeat(900)),
  raw('a list beyond all', `[${'1,'.repeat(50_000)}1]`, (field) => `${field}=1&`.repeat(5_000)),
  raw('an empty object', '{}', (field) => `${field}[]`),
  raw(
    'an object',
    '{"toString":"x","length":7,"then":1}',
    (field) => `${field}[toString]=x&${field}[length]=7`,
  ),
  raw('an object nested 40 deep', nest('{"a":', '}', 40), (field) => `${field}${'[a]'.repeat(40)}=1`),
  raw('a list nested 40 deep', nest('[', ']', 40), (field) => `${field}${'[]'.repeat(40)}=1`),
  raw('an object with __proto__', '{"__proto__":{"x":1}}', (field) => `${field}[__proto__][x]=1`),
  raw(
    'an object with a constructor',
    '{"constructor":{"prototype":{"x":1}}}',
    (field) => `${field}[constructor]=1`,
  ),
  raw('half a surrogate pair', '"\\ud800"', (field) => `${field}=%ed%a0%80`),
  raw('the other half first', '"\\udc00\\ud800"'),
  {
    name: 'bytes that are no UTF-8',
    json: Buffer.from('"\xff\xfe"', 'latin1'),
    form: (field) => `${field}=%ff%fe`,
  },
  {
    name: 'an overlong slash',
    json: Buffer.from('"\xc0\xaf"', 'latin1'),
    form: (field) => `${field}=%c0%af`,
  },
  raw('a bad escape', '"\\x41"', (field) => `${field}=%4`),
  text('empty text', ''),
  text('blanks', ' \t  '),
  text('a line break', 'a@example.com\r\nBcc: b@example.com'),
  text('NUL', 'a\0@example.com'),
  text('__proto__', '__proto__'),
  text('constructor', 'constructor'),
  text('right-to-left text', 'مرحبا \u202Eabc\u202C שלום'),
  text('emoji', '👩‍👩‍👧‍👦🏳️‍🌈'),
  text('combining signs', `Z${'\u0351\u0352\u0353'.repeat(40)}`),
  text('signs that grow when normalised', '\uFDFA'.repeat(40)),
  text('an address that grows when normalised', `a@${'\uFDFA'.repeat(40)}.com`),
  text('an address with brackets when normalised', 'a@exa\u2474mple.com'),
  text('an address with a direction', 'a@exa\u202Emple.com'),
  text('an address with quotes', '"a b<c>@d"@example.com'),
  text('markup', '<script>alert(1)</script>{{7*7}}${7*7}'),
  text('SQL', "'; DROP TABLE users; --"),
  text('a path', '../../../../etc/passwd'),
  text('a UUID', 'c3b0e5e2-0000-4000-8000-000000000000'),
  text('a date', '0000-00-00T99:99:99Z'),
  text('10,000 characters', 'x'.repeat(10_000)),
  text('100,000 characters', 'a@'.repeat(50_000)),
  text('1.2 million characters', MEGABYTE_AND_MORE),
];

/** Whole bodies of a wrong type. */
export const FUZZ_BODIES: readonly { readonly name: string; readonly type: string; readonly body: Buffer }[] =
  [
    ['a number', '42'],
    ['a number beyond all', '1e400'],
    ['null', 'null'],
    ['true', 'true'],
    ['text', '"text"'],
    ['an empty list', '[]'],
    ['a list of objects', '[{"email":"a@example.com"}]'],
    ['half an object', '{"email":'],
    ['two objects', '{}{}'],
    ['nothing', ''],
    ['a blank', ' '],
    ['no JSON', 'email=a@example.com'],
    ['40 levels', nest('[', ']', 40)],
    ['100,000 levels', '['.repeat(100_000)],
    ['50,000 members', `{${Array.from({ length: 50_000 }, (_, at) => `"a${at}":1`).join()}}`],
    ['one member many times', `{${'"a":1,'.repeat(1_000)}"a":1}`],
    ['__proto__', '{"__proto__":{"isAdmin":true}}'],
  ].map(([name = '', body = '']) => ({ name, type: 'application/json', body: Buffer.from(body) }));

export const FUZZ_FORMS: typeof FUZZ_BODIES = [
  ['nothing', ''],
  ['signs only', '&&==&=&'],
  ['a name of nothing', '=x'],
  ['brackets only', '[]=1&[a]=2&][=3&a[[b]]=4'],
  ['JSON', '{"email":"a@example.com"}'],
  ['5,000 parameters', Array.from({ length: 5_000 }, (_, at) => `a${at}=1`).join('&')],
  ['__proto__', '__proto__[x]=1&constructor[prototype][x]=1'],
  ['a bad escape', '%'],
].map(([name = '', body = '']) => ({
  name,
  type: 'application/x-www-form-urlencoded',
  body: Buffer.from(body),
}));

/** Content types that a route may not know, or not in this spelling. */
export const FUZZ_TYPES: readonly string[] = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/problem+json',
  'json',
  '/',
  'a'.repeat(5_000),
];
