import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvRows } from './csv-rows.js';
import { rowBatches } from './file-rows.js';
import { formatOf, ImportFileFaulty, LONGEST_ROW } from './import-file.js';
import { checkJsonlFields, jsonlRows } from './jsonl-rows.js';
import type { ReadRow } from './read-row.js';
import { scanFile } from './scan-file.js';
import { USER_LINES } from './user-lines.js';

const NOW = Date.parse('2026-05-01T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-reading-'));
let files = 0;

function fileOf(content: string | Buffer): string {
  const path = join(folder, String(++files));
  writeFileSync(path, content);
  return path;
}

async function all(rows: AsyncIterable<ReadRow[]>): Promise<ReadRow[]> {
  const found: ReadRow[] = [];
  for await (const some of rows) found.push(...some);
  return found;
}
const csv = (content: string | Buffer) => all(csvRows(fileOf(content), NOW, () => undefined));
const jsonl = (content: string | Buffer) => all(jsonlRows(fileOf(content), NOW, () => undefined));
const faultsOf = async (rows: Promise<ReadRow[]>) =>
  (await rows).flatMap(({ line, faults }) =>
    faults.map(({ field, why }) => `${line} ${field ?? '-'}: ${why}`),
  );

/** One fault of one row with one column beside its address. */
async function faultOf(column: string, text: string): Promise<string | null> {
  const cell = `"${text.replaceAll('"', '""')}"`;
  const [row] = await csv(`email,${column}\na@x.org,${cell}\n`);
  const fault = row!.faults.find(({ field }) => field === column);
  // What JSON says of the same value has to be the same, where a text is what both have.
  const [json] = await jsonl(`${JSON.stringify({ email: 'a@x.org', [column]: text })}\n`);
  if (!['unsubscribed', 'roles', 'networks', 'unsubscribedFrom'].includes(column)) {
    expect(json!.faults).toEqual(row!.faults);
  }
  return fault?.why ?? null;
}

describe('CSV', () => {
  it('tells everything of a user, and what follows where nothing is told', async () => {
    const rows = await csv('email,firstName\nAnn@EXÄMPLE.org,Ann\n');
    expect(rows).toEqual([
      {
        line: 2,
        faults: [],
        arrival: {
          externalId: null,
          type: 'customer',
          level: 'member',
          state: 'active',
          email: 'ann@xn--exmple-cua.org',
          emailConfirmedAt: null,
          username: null,
          phone: null,
          card: null,
          firstName: 'Ann',
          lastName: '',
          accountName: null,
          locale: null,
          address: null,
          zipCode: null,
          passwordHash: null,
          passwordChangedAt: null,
          acceptedTermsAt: null,
          unsubscribedFromAll: false,
          unsubscribedFrom: [],
          roles: [],
          role: null,
          networks: [],
          createdAt: NOW,
        },
      },
    ]);
  });

  it('tells the line at which a row begins, whatever is within its quotes', async () => {
    const rows = await csv('email,address\na@x.org,"1\n2\r\n3"\n\nb@x.org,"say ""hi"", Bob"\r\nc@x.org,\n');
    expect(rows.map(({ line, arrival }) => [line, arrival?.email, arrival?.address])).toEqual([
      [2, 'a@x.org', '1\n2\r\n3'],
      [6, 'b@x.org', 'say "hi", Bob'],
      [7, 'c@x.org', null],
    ]);
  });

  it('takes a byte order mark, a last line without end, and a row on the border of what is read at once', async () => {
    const wide = Array.from({ length: 3_000 }, (_, n) => `user${n}@example.org,Zoë ${n}`).join('\n');
    const rows = await csv(`\uFEFFemail,firstName\n${wide}`);
    expect(rows).toHaveLength(3_000);
    expect(rows.at(-1)).toMatchObject({ line: 3_001, arrival: { firstName: 'Zoë 2999' } });
  });

  it.each([
    [
      'an unknown column',
      'email,nickname\n',
      1,
      'there is no column "nickname"; there are externalId, type,',
    ],
    ['a column twice', 'email,phone,email\n', 1, 'the column email is there twice'],
    [
      'passwords',
      'email,password\na@x.org,secret\n',
      1,
      'the column password is not taken: a password in a file',
    ],
    ['no header', '\n\n', null, 'the file has no header'],
    ['a first row for a header', 'a@x.org,Ann\n', 1, 'column 1 is not known; there are externalId'],
    ['a hash', 'email,$2b$04$CC\n', 1, 'column 2 is not known; there are externalId'],
    ['semicolons', 'email;phone\n', 1, 'column 1 is not known; there are externalId'],
    ['an open quote', 'email,firstName\na@x.org,"Ann\nb@x.org,Bob\n', 2, 'a quote is left open'],
    ['text after a quote', 'email\na@x.org\n"b"x\n', 3, 'there is text after a closing quote'],
    [
      'an endless row',
      `email,address\na@x.org,"${'x'.repeat(LONGEST_ROW)}"\n`,
      2,
      'the row has over 128 KiB',
    ],
  ])('refuses %s', async (_what, content, line, why) => {
    const error = await csv(content).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ImportFileFaulty);
    expect((error as ImportFileFaulty).line).toBe(line);
    expect((error as ImportFileFaulty).why).toContain(why);
  });

  it('gives what is before an open quote', async () => {
    const given: ReadRow[] = [];
    const reading = (async () => {
      const path = fileOf('email\na@x.org\n"b@x.org\n');
      for await (const rows of csvRows(path, NOW, () => undefined)) given.push(...rows);
    })();
    await expect(reading).rejects.toThrow('line 3: a quote is left open');
    expect(given.map(({ arrival }) => arrival?.email)).toEqual(['a@x.org']);
  });

  it('tells every fault of a row, and goes on', async () => {
    const content =
      'email,username,level,state,phone,emailConfirmed\nnobody,a@x.org,god,asleep,12,perhaps\na@x.org\n,,,,,\nb@x.org,,,,,\n';
    expect(await faultsOf(csv(content))).toEqual([
      '2 email: must be an e-mail address',
      '2 level: must be one of member, manager, admin, superuser',
      '2 state: must be one of active, blocked, new',
      '2 phone: must be + and 6 to 15 digits',
      '2 emailConfirmed: must be true, false or an instant with its offset',
      '3 -: has 1 cells, the header has 6',
      '4 -: has none of externalId, email, username, phone, card',
    ]);
  });
});

describe('JSON Lines', () => {
  it('reads the same users', async () => {
    const rows = await jsonl(
      '\uFEFF{"email":"a@x.org","roles":["one;two","three"],"emailConfirmed":true,"phone":null,"username":""}\n\n{"externalId":"7","unsubscribed":true}',
    );
    expect(
      rows.map(({ line, arrival }) => [line, arrival?.email, arrival?.roles, arrival?.emailConfirmedAt]),
    ).toEqual([
      [1, 'a@x.org', ['one;two', 'three'], NOW],
      [3, null, [], null],
    ]);
    expect(rows[1]!.arrival!.unsubscribedFromAll).toBe(true);
  });

  it.each([
    ['what is no JSON', '{"email":"a@x.org"', '1 -: is no JSON object'],
    ['a list', '["a@x.org"]', '1 -: is no JSON object'],
    ['null', 'null', '1 -: is no JSON object'],
    ['a number for a text', '{"phone":48500100200}', '1 phone: must be text, in quotes'],
    ['a text for a list', '{"email":"a@x.org","roles":"one"}', '1 roles: must be a list of texts'],
    [
      'a text for a flag',
      '{"email":"a@x.org","unsubscribed":"true"}',
      '1 unsubscribed: must be true or false',
    ],
    [
      'an object for an instant',
      '{"email":"a@x.org","emailConfirmed":{"toString":1}}',
      '1 emailConfirmed: must be true, false or an instant with its offset',
    ],
    [
      'a deep list for an instant',
      `{"email":"a@x.org","termsAccepted":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
      '1 termsAccepted: must be true, false or an instant with its offset',
    ],
    [
      'half a character',
      '{"email":"a@x.org","firstName":"\\ud800"}',
      '1 firstName: holds what is no character',
    ],
    ['a NUL', '{"email":"a@x.org","address":"\\u0000"}', '1 address: holds what is no character'],
    ['an endless line', `{"address":"${'x'.repeat(LONGEST_ROW)}"}\n`, '1 -: has over 128 KiB'],
  ])('refuses %s and goes on', async (_what, line, fault) => {
    const rows = jsonl(`${line}\n{"email":"b@x.org"}\n`);
    expect(await faultsOf(rows)).toEqual([fault]);
    expect((await rows).at(-1)!.arrival!.email).toBe('b@x.org');
  });

  it('finds an unknown field anywhere before anything is made of the file', async () => {
    const path = fileOf('{"email":"a@x.org"}\n{"email":"b@x.org","__proto__":1}\n');
    await expect(checkJsonlFields(path)).rejects.toThrow('line 2: there is no column "__proto__"');
    const odd = fileOf('{"email":"a@x.org","b@x.org":1}');
    await expect(checkJsonlFields(odd)).rejects.toThrow('line 1: column 2 is not known; there are');
    await expect(checkJsonlFields(fileOf('{"password":"x"}'))).rejects.toThrow(
      'the column password is not taken',
    );
  });
});

describe('a value', () => {
  it.each([
    ['externalId', 'x'.repeat(256), 'has over 255 characters'],
    ['externalId', 'a\tb', 'holds control characters'],
    ['firstName', '😀'.repeat(151), 'has over 150 characters'],
    ['firstName', '😀'.repeat(150), null],
    ['username', 'ann@x.org', expect.stringContaining('unless it is his own address')],
    ['username', '48500100200', expect.stringContaining('must have a letter')],
    ['username', 'ann＠x.org', expect.stringContaining('and no @')],
    ['username', 'ann﹫x.org', expect.stringContaining('and no @')],
    ['username', 'Ann of Kraków', null],
    ['username', '\uFFFF', 'is blank, or too long when normalised'],
    ['username', ' é ', null],
    // One character that is eighteen in its normal form.
    ['username', `x${'ﷺ'.repeat(18)}`, 'is blank, or too long when normalised'],
    ['username', '   ', 'is blank, or too long when normalised'],
    ['phone', '+48 500', 'must be + and 6 to 15 digits'],
    ['card', 'ann', 'must be 4 to 32 digits'],
    ['card', 'a-1', 'must be 4 to 32 digits'],
    ['card', '４７８３４４３３５２４', 'must be 4 to 32 digits'],
    ['card', '47834433524', null],
    ['locale', 'english please', 'must be a locale such as fr_FR'],
    ['networks', '10.0.0.0/8;300.1.1.1', 'has an item that is no address or range'],
    ['roles', '["a","b"', 'must be a list of texts'],
    ['createdAt', '2026-02-30T00:00:00Z', 'must be an instant with its offset, such as 2026-01-31T12:30:00Z'],
    ['createdAt', '2026-01-31', 'must be an instant with its offset, such as 2026-01-31T12:30:00Z'],
    ['createdAt', '1969-12-31T23:59:59Z', 'must be an instant with its offset, such as 2026-01-31T12:30:00Z'],
    ['createdAt', '2026-05-03T00:00:00Z', 'lies in the future'],
    ['createdAt', '2024-02-29T12:00:00.123+02:00', null],
    ['passwordChangedAt', '2024-02-29T12:00:00Z', 'is given without passwordHash'],
    ['passwordHash', 'hunter2', expect.stringContaining('must be an argon2 or scrypt')],
    ['passwordHash', `$2b$31$${'a'.repeat(53)}`, expect.stringContaining('within the limits')],
    [
      'passwordHash',
      '$scrypt$ln=30,r=8,p=1$c2FsdA$' + 'A'.repeat(43),
      expect.stringContaining('within the limits'),
    ],
  ])('%s %.40s: %s', async (column, text, why) => {
    expect(await faultOf(column, text)).toEqual(why);
  });

  it('is kept as a BackupUser’s hash has it, in PHC form', async () => {
    const phc = '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const padded = phc.replace('c2FsdHNhbHQ', 'c2FsdHNhbHQ=').concat('=');
    const [row] = await csv(`email,passwordHash\na@x.org,${Buffer.from(padded).toString('base64')}\n`);
    expect(row!.arrival).toMatchObject({ passwordHash: phc, passwordChangedAt: NOW });
  });

  it.each(['\uFFFF', `x${'ﷺ'.repeat(18)}`])(
    'names nobody as all over-long names are compared',
    async (name) => {
      const rows = csv(`email,username,type\na@x.org,${name},admin\n`);
      expect(await faultsOf(rows)).toEqual(['2 username: is blank, or too long when normalised']);
    },
  );

  it.each([
    ['collectionManager', 'manager', 'member'],
    ['usersManager', 'admin', 'manager'],
    ['userManager', 'admin', 'manager'],
    ['systemAdmin', 'superuser', 'admin'],
  ])('says %s only of who is %s', async (word, level, lower) => {
    const rows = csv(`email,level,roles\na@x.org,${lower},one;${word}\nb@x.org,${level},one;${word}\n`);
    expect(await faultsOf(rows)).toEqual(['2 roles: has a word of rights that are above his level']);
  });

  it('names an administrator as he was named', async () => {
    const [own, other, admin] = await csv(
      'email,username,type\na@x.org,A@X.org,\nb@x.org,c@x.org,seller\nd@x.org,e@x.org,admin\n',
    );
    expect([own!.faults, other!.faults.length, admin!.faults]).toEqual([[], 1, []]);
    expect(admin!.arrival!.level).toBe('manager');
  });
});

describe('a row that is there twice', () => {
  it('is told with the line of the first, by each of its identifiers', async () => {
    const path = fileOf(
      'externalId,email,username,phone\n1,a@x.org,ann,\n1,b@x.org,,\n2,A@X.ORG,,\n3,,ANN,\n4,c@x.org,,123456\n5,,123456x,123456\n',
    );
    const rows: ReadRow[] = [];
    for await (const batch of rowBatches({ path, format: 'csv' }, NOW, 2)) {
      expect(batch.rows.length).toBeLessThanOrEqual(2);
      rows.push(...batch.rows);
    }
    expect(
      rows.flatMap(({ line, faults }) => faults.map(({ field, why }) => `${line} ${field}: ${why}`)),
    ).toEqual([
      '3 externalId: is in line 2 already',
      '4 email: is in line 2 already',
      '5 username: is in line 2 already',
      '7 phone: is in line 6 already',
    ]);
  });
});

describe('a file', () => {
  it('is told by what it holds', async () => {
    const { digest, bytes } = await scanFile(fileOf('email\na@x.org\n'));
    expect([digest.length, bytes]).toEqual([64, 14]);
    expect((await scanFile(fileOf('email\na@x.org\n'))).digest).toBe(digest);
    expect((await scanFile(fileOf('email\na@x.orG\n'))).digest).not.toBe(digest);
  });

  it('is UTF-8 also where a letter lies on the border of what is read at once', async () => {
    const line = `${'x'.repeat(1_021)}é\n`;
    await expect(scanFile(fileOf(`x${line.repeat(2_100)}`))).resolves.toMatchObject({
      bytes: 1 + 1_024 * 2_100,
    });
  });

  it.each([
    ['an empty one', Buffer.alloc(0), 'the file is empty'],
    ['a compressed one', Buffer.from('1f8b0800', 'hex'), 'the file is compressed: run gunzip first'],
    ['UTF-16', Buffer.from('\uFEFFemail\n', 'utf16le'), 'the file is UTF-16: it has to be UTF-8'],
    ['Latin-1', Buffer.from('email\na@x.org\nb@x.org,Zo\xeb\nc@x.org\n', 'latin1'), 'line 3: is not UTF-8'],
    ['half a letter at the end', Buffer.from('email\nZo\xc3', 'latin1'), 'line 2: is not UTF-8'],
    ['a binary one', Buffer.from('email\n\n\x7fELF\0\0'), 'line 3: holds a NUL byte: the file is not text'],
    [
      'one endless line',
      Buffer.alloc(3 * 1024 * 1024, 'x'),
      'line 1: has over 1 MiB: this is no file of users',
    ],
  ])('is refused: %s', async (_what, content, why) => {
    await expect(scanFile(fileOf(content))).rejects.toThrow(why);
  });

  it('tells its format by its name', () => {
    expect(['a.CSV', 'b.jsonl', 'c.ndjson', 'd.json', 'csv'].map(formatOf)).toEqual([
      'csv',
      'jsonl',
      'jsonl',
      null,
      null,
    ]);
  });
});

describe('a user who is written', () => {
  it.each(['csv', 'jsonl'] as const)('is read as %s as he was', async (format) => {
    const content =
      'externalId,type,level,state,email,emailConfirmed,username,phone,card,firstName,lastName,accountName,locale,address,zipCode,passwordHash,passwordChangedAt,termsAccepted,unsubscribed,unsubscribedFrom,roles,role,networks,createdAt\n' +
      '"a ""b"", c",admin,manager,blocked,a@x.org,2024-02-29T12:00:00.123Z,b@x.org,+48500100200,"0471","=1+1"," Ann ","@Ann",pl,"1 Road\r\n""Town""",00-001,' +
      '$2b$04$CCCCCCCCCCCCCCCCCCCCC.TKL0PRqKTFpW12ixR4oYE99BBVQw9Ee,2024-03-01T00:00:00.000Z,2024-03-02T00:00:00.000Z,true,news;offers,"[""a;b"",""c""]",Clerk,10.0.0.0/8;::1,2024-01-01T00:00:00.000Z\n' +
      ',customer,member,new,z@x.org,false,,,,,,,,,,,,false,false,,,,,2024-01-01T00:00:00.000Z\n';
    const users = (await csv(content)).map(({ arrival }) => arrival!);
    const { header, line } = USER_LINES[format];
    const written = header + users.map(line).join('');
    const again = await (format === 'csv' ? csv(written) : jsonl(written));
    expect(again.map(({ arrival }) => arrival)).toEqual(users);
    expect(again.every(({ faults }) => faults.length === 0)).toBe(true);
    if (format === 'csv') {
      // Quoted is what has to be, and nothing else.
      expect(written).toBe(content.replace('"0471","=1+1"," Ann ","@Ann"', '0471,=1+1, Ann ,@Ann'));
    }
  });
});
