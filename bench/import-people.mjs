// Writes files of generated users for imports, with hashes of every kind, each of a password that is known.
import bcrypt from 'bcrypt';
import { hash as argon2 } from '@node-rs/argon2';
import { createHash, pbkdf2Sync, scryptSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** What every hash is of. */
export const PASSWORD = 'an imported hörse 1';

const salt = 'saltOfTheImport';
const base64 = (bytes) => bytes.toString('base64');
const unpadded = (bytes) => base64(bytes).replace(/=+$/, '');
const argon = (algorithm) => argon2(PASSWORD, { algorithm, memoryCost: 64, timeCost: 1, parallelism: 1 });

/** One hash of each kind, by its name. */
export async function hashesOfEachKind() {
  const argon2id = await argon(2);
  const bcrypted = await bcrypt.hash(PASSWORD, 4);
  const digest = createHash('sha256').update(PASSWORD).digest('hex');
  const scrypt = (p) => scryptSync(PASSWORD, salt, 64, { N: 1024, r: 8, p });
  const pbkdf2 = (name, bytes) => pbkdf2Sync(PASSWORD, salt, 1_000, bytes, name);
  return {
    argon2id,
    argon2i: await argon(1),
    argon2d: await argon(0),
    phcScrypt: `$scrypt$ln=10,r=8,p=1$${unpadded(Buffer.from(salt))}$${unpadded(scrypt(1))}`,
    bcrypt: bcrypted,
    bcryptOfPhp: bcrypted.replace('$2b$', '$2y$'),
    djangoPbkdf2: `pbkdf2_sha256$1000$${salt}$${base64(pbkdf2('sha256', 32))}`,
    djangoPbkdf2Sha1: `pbkdf2_sha1$1000$${salt}$${base64(pbkdf2('sha1', 20))}`,
    djangoArgon2: `argon2${argon2id}`,
    djangoBcrypt: `bcrypt_sha256$${await bcrypt.hash(digest, 4)}`,
    djangoScrypt: `scrypt$1024$${salt}$8$1$${base64(scrypt(1))}`,
    werkzeugPbkdf2: `pbkdf2:sha256:1000$${salt}$${pbkdf2('sha256', 32).toString('hex')}`,
    werkzeugPbkdf2Sha512: `pbkdf2:sha512:1000$${salt}$${pbkdf2('sha512', 64).toString('hex')}`,
    werkzeugScrypt: `scrypt:1024:8:1$${salt}$${scrypt(1).toString('hex')}`,
    backupUser: base64(Buffer.from(argon2id)),
  };
}

/** Writes `count` users as CSV; the n-th one is `user<n>@example.org`, with the kinds of hashes in turn. */
export async function writePeople(path, count) {
  const hashes = Object.values(await hashesOfEachKind());
  const file = createWriteStream(path);
  file.write(
    'externalId,email,emailConfirmed,username,firstName,lastName,locale,phone,passwordHash,createdAt\n',
  );
  for (let from = 0; from < count; from += 1_000) {
    let text = '';
    for (let n = from; n < Math.min(count, from + 1_000); n++) {
      text += `ext-${n},user${n}@example.org,true,user.${n},Anna,"Kowalska, ${n}",pl_PL,+48${String(500_000_000 + n)},"${hashes[n % hashes.length]}",2024-05-06T07:08:09.000Z\n`;
    }
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

if (process.argv[1]?.endsWith('import-people.mjs')) {
  await writePeople(process.argv[2] ?? 'people.csv', Number(process.argv[3] ?? 200_000));
}
