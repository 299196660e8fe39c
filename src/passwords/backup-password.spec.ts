import { verify } from '@node-rs/argon2';
import { backupPasswordHash } from './backup-password.js';

/** The fixtures of the origin's documentation. */
const ADMIN =
  'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTEscD00JHpuVy9IT2Y4Q3RkdStvNSttYlR2REE9PSRaZlVpRGl2QWV2T2RZNndKYWJBb0FQdmM1a1hsemxDNkg2OFY2dGVmNUY0PQ==';
const TEST =
  'JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTEscD00JERzUzlPTzFOc0JVREhvR1RmQ01wemc9PSRrcXh4bFliS3A4Um81MXZEb0FQaUdBeFhkNTgrY1ZzdERyZ3p3NG16bjFVPQ==';
const encode = (text: string) => Buffer.from(text).toString('base64');
const PLAIN = Buffer.from(ADMIN, 'base64').toString();

describe('backupPasswordHash', () => {
  it('makes a PHC string that verifies', async () => {
    const hash = backupPasswordHash(ADMIN);
    expect(hash).toBe(
      '$argon2id$v=19$m=65536,t=1,p=4$znW/HOf8Ctdu+o5+mbTvDA$ZfUiDivAevOdY6wJabAoAPvc5kXlzlC6H68V6tef5F4',
    );
    expect(await verify(hash!, 'admin')).toBe(true);
    expect(await verify(hash!, 'Admin')).toBe(false);
    expect(await verify(backupPasswordHash(TEST)!, 'test')).toBe(true);
  });

  it('takes white space as YAML and base64 put it, and a hash that has no padding already', () => {
    const hash = backupPasswordHash(ADMIN);
    expect(backupPasswordHash(`${ADMIN.slice(0, 76)}\n  ${ADMIN.slice(76)}\n`)).toBe(hash);
    expect(backupPasswordHash(encode(`${PLAIN}\n`))).toBe(hash);
    expect(backupPasswordHash(encode(hash!))).toBe(hash);
  });

  it.each([
    ['nothing', ''],
    ['what is not base64', 'hunter2!'],
    ['base64 of something else', encode('hunter2')],
    ['the hash itself', PLAIN],
    ['base64 twice', encode(ADMIN)],
    ['argon2i', encode(PLAIN.replace('argon2id', 'argon2i'))],
    ['an old version', encode(PLAIN.replace('v=19', 'v=16'))],
    ['more memory than we give', encode(PLAIN.replace('m=65536', 'm=4194304'))],
    ['more passes than we make', encode(PLAIN.replace('t=1', 't=99'))],
    ['a hash cut short', encode(PLAIN.slice(0, 60))],
    ['three parts', encode('$argon2id$v=19$m=65536,t=1,p=4')],
    ['what is longer than any hash', encode(PLAIN + 'A'.repeat(2_000))],
  ])('refuses %s', (_what, encoded) => {
    expect(backupPasswordHash(encoded)).toBeNull();
  });
});
