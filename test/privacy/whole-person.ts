import { Idempotency } from '../../src/idempotency/idempotency.service.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { sql, type Sql } from '../../src/database/sql.js';
import { Media } from '../../src/media/media.service.js';
import { bearer, type Answer } from '../support/api.js';
import { makeKey } from '../support/api-keys.js';
import { enrol } from '../support/authenticator.js';
import { cookieHeader, signInAt002, signInAtV1 } from '../support/cookies.js';
import { makePerson, signIn, type Person } from '../support/declared-people.js';
import type { TestGatehouse } from '../support/gatehouse.js';
import { picture } from '../support/images.js';
import { KnownSecrets } from '../support/known-secrets.js';
import { declareClient } from '../support/oauth-clients.js';
import { PasskeyDevice } from '../support/passkey-device.js';
import { addPasskey } from '../support/passkeys.js';
import { logIn } from '../surfaces/gemini/requests.js';
import { invite, newVisitor, validate, browserOf } from '../surfaces/romeo/browsers.js';

export const VIDEO = 41;
export const OTHERS_VIDEO = 42;
export const ADDRESS = 'St James’s Square 12';

/** Somebody of whom every table holds something. */
export interface WholePerson extends Person {
  /** Of a session of his own. */
  readonly headers: Record<string, string>;
  readonly phone: string;
  readonly image: string;
  /** What he has shown or was shown, none of which is told again. */
  readonly secrets: KnownSecrets;
  /** What he, and nobody else, is called by. */
  readonly texts: readonly string[];
}

/** Makes him with all that a person may have. */
export async function makeWholePerson(
  server: TestGatehouse,
  email: string,
  phone: string,
): Promise<WholePerson> {
  const secrets = new KnownSecrets();
  const run = (...statements: Sql[]) =>
    server.get(UnitOfWork).run(async (tx) => {
      for (const statement of statements) await tx.execute(statement);
    });
  const person = await makePerson(server, { email, phone, firstName: 'Augusta', lastName: 'Kingsbury' });
  const { uid } = person;
  secrets.note('password', person.password);
  await declareClient(server);
  const { token: oauth } = await logIn(server, email, { scope: 'profile performer venue' });
  secrets.note('OAuth token', oauth);
  const done = (answer: Answer) => {
    if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  };
  done(await server.api.patch(`/api/users/${uid}`, { address: ADDRESS, zip_code: 'SW1' }, bearer(oauth)));
  const artist = { name: 'The Analytical Engines', genre: 'jazz' };
  done(await server.api.post(`/api/artist/${uid}/new`, artist, bearer(oauth)));

  // A browser that looks at somebody's video as a guest and signs in then; he invites too.
  const host = await newVisitor(server, `host-of-${email}`);
  const guest = browserOf(
    await validate(server.api, await invite(server, host, OTHERS_VIDEO + Number(phone.slice(-2)), { email })),
  );
  const cookie = secrets.note('cookie', await signInAt002(server.api, person, {}, { ...guest }));
  const inviter = { ...person, browser: cookieHeader(cookie) };
  secrets.note(
    'invitation',
    await invite(server, inviter, VIDEO + 100 * Number(phone.slice(-2)), {
      email: `friend-of-${email}`,
      name: 'Mary Somerville',
    }),
  );

  const token = secrets.note('token', await signIn(server, person));
  done(await server.api.post('/api/v1.1/auth/reset-password/', { email }));
  secrets.note('native cookie', await signInAtV1(server.api, person, { 'user-agent': 'Firefox/100' }));
  const key = await makeKey(server, { token }, { name: 'For the engine' });
  secrets.note('key', key.secret);
  done(await server.api.send('PUT', '/v1/me/factors/email', undefined, bearer(token)));
  const enrolled = await enrol(server, bearer(token));
  secrets.note('app', enrolled.app.secret);
  for (const code of enrolled.recoveryCodes) secrets.note('recovery code', code);
  const device = new PasskeyDevice();
  done(await addPasskey(server, bearer(token), device, { name: 'Telephone' }));
  const trusted = await server.api.post('/v1/sessions', {
    ...{ identifier: email, password: person.password },
    ...{ otp: enrolled.app.freshCode(), trustDevice: true },
  });
  for (const set of done(trusted).headers.getSetCookie()) {
    secrets.note('cookie of a device', /^[^=]+=([^;]+)/.exec(set)?.[1]);
  }

  const image = await server.get(Media).store({ ending: 'png', bytes: await picture('png') });
  const other = await makePerson(server, { email: `made-by-${email}`, firstName: '', lastName: '' });
  const othersKey = await makeKey(server, { token: await signIn(server, other) });
  const creation = { key: `key-of-${uid}`, route: 'test', request: '{}' };
  await server
    .get(Idempotency)
    .once({ principal: null, address: '', userAgent: '', requestId: '' }, creation, async () => uid);
  await run(
    sql`UPDATE accounts SET avatar = ${image} WHERE owner_id = ${uid}`,
    sql`UPDATE media SET account_id = (SELECT id FROM accounts WHERE owner_id = ${uid}) WHERE name = ${image}`,
    sql`UPDATE api_keys SET created_by = ${uid} WHERE grant_id = ${othersKey.id}`,
    sql`INSERT INTO linked_identities (id, issuer, subject, user_id, provider, label, created_at)
        VALUES (${uid.replace(/^.{8}/, '0190bbbb')}, 'https://elsewhere.example', ${`subject-${phone}`}, ${uid}, 'elsewhere',
          'augusta', 1767225600000)`,
    sql`INSERT INTO sign_in_proofs (digest, provider, issuer, subject, label, email, expires_at)
        VALUES (${`proof-${phone}`}, 'elsewhere', 'https://elsewhere.example', ${`subject-${phone}`}, 'augusta',
          ${email}, 4102444800000)`,
    sql`INSERT INTO mailed_codes (grant_id, user_id, digest, expires_at)
        SELECT g.id, g.user_id, ${`digest-of-a-code-${phone}`}, 4102444800000 FROM grants g
        WHERE g.user_id = ${uid} ORDER BY g.id LIMIT 1`,
  );
  secrets.note('digest of a code', `digest-of-a-code-${phone}`);
  const texts = [uid, email, phone, 'Augusta', 'Kingsbury', ADDRESS, artist.name, `subject-${phone}`];
  return { ...person, headers: bearer(token), phone, image, secrets, texts };
}
