import { jest } from '@jest/globals';
import { WebAuthn } from '../../src/factors/webauthn.service.js';
import { bearer, outcome, tokenHeader } from '../support/api.js';
import { makeSignedIn, problem } from '../support/api-keys.js';
import { startTestGatehouse, type TestGatehouse } from '../support/gatehouse.js';
import { PasskeyDevice } from '../support/passkey-device.js';
import { addPasskey, makeKeyHolder, PASSKEYS, type KeyHolder } from '../support/passkeys.js';
import { queryDatabase } from '../support/raw-database.js';

const CONFIRM = '/v1/sessions/current/confirm';
const ENDED = problem(401, 'credential-unknown');
const NEW = 'another horse 22';

/** What happens to one's own account while something else does. */
describe('one’s own account, twice at once', () => {
  let server: TestGatehouse;
  let count = 0;

  beforeAll(async () => {
    server = await startTestGatehouse();
  });
  afterAll(() => server.stop());

  const freshEmail = () => `person-${++count}@own.example`;
  const holder = () => makeKeyHolder(server, { email: freshEmail() });
  const send = (method: string, path: string, token: string, body?: unknown) =>
    server.api.send(method, path, body, bearer(token));
  const passkeysOf = ({ uid }: KeyHolder) =>
    queryDatabase(server.database, `SELECT id FROM passkeys WHERE user_id = '${uid}'`);
  const changePassword = ({ email, token }: KeyHolder) =>
    server.api.post(
      '/api/v1.1/auth/change-password/',
      { email, password1: NEW, password2: NEW },
      tokenHeader(token),
    );

  it('keeps one of two ways in of different kinds', async () => {
    const ada = await holder();
    const identity = ada.uid.replace(/^.{8}/, '0190bbbb');
    await queryDatabase(
      server.database,
      `UPDATE users SET password_hash = NULL, email_confirmed_at = NULL WHERE id = '${ada.uid}' RETURNING id`,
    );
    await queryDatabase(
      server.database,
      `INSERT INTO linked_identities (id, issuer, subject, user_id, provider, label, created_at)
       VALUES ('${identity}', 'https://elsewhere.example', 'ada', '${ada.uid}', 'elsewhere', 'ada', 1767225600000)
       RETURNING id`,
    );
    const answers = await Promise.all(
      [`${PASSKEYS}/${ada.passkeyId}`, `/v1/me/identities/${identity}`].map((path) =>
        send('DELETE', path, ada.token),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('gives an address that two ask for to one of them', async () => {
    const [ada, bob] = [
      await makeSignedIn(server, { email: freshEmail() }),
      await makeSignedIn(server, { email: freshEmail() }),
    ];
    const email = freshEmail();
    const spellings = [email.toUpperCase(), email.replace('p', 'ｐ')];
    const answers = await Promise.all(
      [ada, bob].map(({ token }, index) =>
        send('PUT', '/v1/me/email', token, { email: spellings[index] }).then(outcome),
      ),
    );
    answers.sort((one, other) => one.status - other.status);
    expect(answers).toEqual([
      { status: 200, body: { email, pendingEmail: null } },
      problem(409, 'identifier-taken'),
    ]);
  });

  it('adds no passkey in a session that ends while it is looked at', async () => {
    const ada = await holder();
    const spy = meanwhile('created', () => endSession(ada));
    try {
      const answer = await addPasskey(server, bearer(ada.token), new PasskeyDevice());
      expect(outcome(answer)).toEqual(ENDED);
      expect(spy).toHaveBeenCalledTimes(1);
    } finally {
      spy.mockRestore();
    }
    expect(await passkeysOf(ada)).toHaveLength(1);
  });

  it('is not confirmed in a session that ends while a passkey is looked at', async () => {
    const ada = await holder();
    const { token } = ada;
    const options = await send('POST', `${CONFIRM}/options`, token);
    const spy = meanwhile('shown', () => endSession(ada));
    try {
      const passkey = ada.device.get(options.body as { challenge: string });
      expect(outcome(await send('POST', CONFIRM, token, { passkey }))).toEqual(ENDED);
      expect(spy).toHaveBeenCalledTimes(1);
    } finally {
      spy.mockRestore();
    }
  });

  /** Ends the session as another password from elsewhere does. */
  async function endSession(ada: KeyHolder): Promise<void> {
    expect((await changePassword(ada)).status).toBe(200);
  }

  function meanwhile(what: 'created' | 'shown', happens: () => Promise<void>) {
    const webAuthn = server.get(WebAuthn);
    const look = webAuthn[what].bind(webAuthn) as (...args: unknown[]) => Promise<never>;
    return jest.spyOn(webAuthn, what).mockImplementationOnce(async (...args: unknown[]) => {
      const seen = await look(...args);
      expect(seen).not.toBeNull();
      await happens();
      return seen;
    });
  }
});
