import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { go } from '../route.js';
import { text, type TextName } from '../texts/texts.js';
import type { Ceremony, PasskeyRefusal, RequestOptions, ShownPasskey } from './ceremony.js';
import { load, offerPasskeys, showPasskey } from './passkeys.js';

const ROUTE = '/v1/sessions/passkey';

/** How long the server takes the answer to what it asked (`CHALLENGE_TTL`), a little less. */
const FRESH_MS = 4.5 * 60_000;

const REFUSALS: Readonly<Record<Exclude<PasskeyRefusal, 'not-loaded'>, TextName>> = {
  cancelled: 'passkeyCancelled',
  'already-there': 'passkeyImpossible',
  'not-possible': 'passkeyImpossible',
};

/** Has the browser show a passkey and signs in with it; null when the account is shown. */
export async function signInByPasskey(remember: boolean): Promise<Fault | null> {
  const [answer] = await Promise.all([request('POST', `${ROUTE}/options`), load()]);
  if (!answer?.isOk) return faultOf(answer, {});
  return finish(await showPasskey(answer.body as unknown as RequestOptions), remember);
}

/**
 * Offers passkeys in the list of the field for the name, and signs in with the one that is chosen there.
 * `run` is called once one is: until then nothing is to be seen, whatever fails.
 */
export async function offerPasskeySignIn(
  run: (send: () => Promise<Fault | null>) => Promise<void>,
  remember: () => boolean,
): Promise<void> {
  const askedAt = Date.now();
  const [answer] = await Promise.all([request('POST', `${ROUTE}/options`), load()]);
  if (!answer?.isOk) return;
  const ceremony = await offerPasskeys(answer.body as unknown as RequestOptions);
  if ('refusal' in ceremony) return;
  const isFresh = Date.now() - askedAt < FRESH_MS;
  await run(() => (isFresh ? finish(ceremony, remember()) : signInByPasskey(remember())));
}

async function finish(ceremony: Ceremony<ShownPasskey>, remember: boolean): Promise<Fault | null> {
  if ('refusal' in ceremony) {
    const { refusal } = ceremony;
    return refusal === 'not-loaded' ? { words: text('network'), isUnsure: true } : fault(REFUSALS[refusal]);
  }
  const answer = await request('POST', ROUTE, { response: ceremony.credential, remember });
  if (!answer?.isOk) return faultOf(answer, { 'wrong-credentials': 'passkeyUnknown' });
  go('me');
  return null;
}
