import { bearer, type Answer } from './api.js';
import { makeSignedIn, type SignedIn } from './api-keys.js';
import type { PersonFields } from './declared-people.js';
import type { TestGatehouse } from './gatehouse.js';
import { PasskeyDevice, type Misconduct } from './passkey-device.js';

export const PASSKEYS = '/v1/me/passkeys';
export const SIGN_IN = '/v1/sessions/passkey';

type Fields = Record<string, string>;

/** Somebody with a passkey, and a session from before. */
export interface KeyHolder extends SignedIn {
  readonly device: PasskeyDevice;
  readonly passkeyId: string;
  readonly recoveryCodes: readonly string[];
}

/** Adds the passkey of a device. */
export async function addPasskey(
  server: TestGatehouse,
  headers: Fields,
  device: PasskeyDevice,
  { name = 'Telephone', ...misconduct }: Misconduct & { name?: string } = {},
): Promise<Answer> {
  const options = await server.api.post(`${PASSKEYS}/options`, undefined, headers);
  if (options.status !== 200) return options;
  return server.api.post(PASSKEYS, { name, response: device.create(options.body, misconduct) }, headers);
}

/** Somebody who has just added one. */
export async function makeKeyHolder(
  server: TestGatehouse,
  fields: PersonFields,
  device = new PasskeyDevice(),
): Promise<KeyHolder> {
  const person = await makeSignedIn(server, fields);
  const { status, body } = await addPasskey(server, bearer(person.token), device);
  if (status !== 201) throw new Error(`No passkey: ${status} ${body.code}`);
  return { ...person, device, passkeyId: body.id as string, recoveryCodes: body.recoveryCodes as string[] };
}

/** A browser that was asked for a passkey. */
export interface Asked {
  readonly options: { readonly challenge: string };
  readonly headers: { readonly cookie: string };
}

export async function ask(server: TestGatehouse, headers: Fields = {}): Promise<Asked> {
  const answer = await server.api.post(`${SIGN_IN}/options`, undefined, headers);
  if (answer.status !== 200) throw new Error(`Not asked: ${answer.status}`);
  const [cookie = ''] = (answer.headers.getSetCookie()[0] ?? '').split(';');
  return { options: answer.body as Asked['options'], headers: { cookie } };
}

/** Shows a passkey in a browser of its own. */
export async function showPasskey(
  server: TestGatehouse,
  device: PasskeyDevice,
  misconduct: Misconduct = {},
  more: object = {},
): Promise<Answer> {
  const { options, headers } = await ask(server);
  return server.api.post(SIGN_IN, { response: device.get(options, misconduct), ...more }, headers);
}
