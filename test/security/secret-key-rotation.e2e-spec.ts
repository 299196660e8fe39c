import { randomBytes } from 'node:crypto';
import { Reader } from '../../src/database/db.js';
import { sql } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { KeyRing } from '../../src/secrets/key-ring.js';
import { SigningKeysRepository } from '../../src/grants/jwt/signing-keys.repository.js';
import { SigningKeys } from '../../src/grants/jwt/signing-keys.service.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';

describe('SECRET_KEYS', () => {
  let server: TestGatehouse;
  const [fresh, old] = [randomBytes(32), randomBytes(32)];

  beforeAll(async () => {
    const keys = [fresh, old].map((key) => key.toString('base64')).join(',');
    server = await startTestGatehouse({ SECRET_KEY: '', SECRET_KEYS: keys });
  });
  afterAll(() => server.stop());

  it('seals the signing key anew under the newest key when it is used', async () => {
    const keys = server.get(SigningKeys);
    const { id } = await keys.current();
    const place = `signing_keys:private_key:${id}`;
    const read = async () => {
      const [row] = await server
        .get(Reader)
        .query<{ private_key: string }>(sql`SELECT private_key FROM signing_keys WHERE id = ${id}`);
      return row!.private_key;
    };
    const pem = new KeyRing([fresh]).open(await read(), place);
    const before = new KeyRing([old]).seal(pem, place);
    await server.get(UnitOfWork).run((tx) => server.get(SigningKeysRepository).reseal(tx, id, before));
    await keys.rotate();
    await server
      .get(UnitOfWork)
      .run((tx) => tx.execute(sql`UPDATE signing_keys SET slot = NULL WHERE slot = 'current'`));
    await server
      .get(UnitOfWork)
      .run((tx) =>
        tx.execute(sql`UPDATE signing_keys SET slot = 'current', retired_at = NULL WHERE id = ${id}`),
      );
    expect((await keys.current()).id).toBe(id);
    expect(new KeyRing([fresh]).open(await read(), place)).toBe(pem);
  });
});
