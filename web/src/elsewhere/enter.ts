import { fault, faultOf, type Fault } from '../api/fault.js';
import { request, type Answer } from '../api/request.js';
import type { TextName } from '../texts/texts.js';

/** An account elsewhere at which somebody has just signed in, kept in this page's memory alone. */
export interface AccountElsewhere {
  readonly provider: string;
  /** By which our server knows whose it is. */
  readonly token: string;
  readonly remember: boolean;
}

const REQUIRED = 'This field is required.';
const INVALID = 'Invalid email address.';

/** Document 002 has sentences in the place of codes: what each of them means for the address. */
const OF_ADDRESS: Readonly<Record<string, TextName>> = {
  [REQUIRED]: 'emailInvalid',
  [INVALID]: 'notAllowed',
  'Username already registered.': 'elsewhereTaken',
  'The username or password you entered is incorrect.': 'elsewhereRefused',
};

/** Signs in with an account elsewhere; who is new gets an account here, with the address if he has typed one. */
export function enter(
  { provider, token, remember }: AccountElsewhere,
  address?: string,
): Promise<Answer | null> {
  return request('POST', '/api/login/external', {
    external_system: provider,
    external_token: token,
    remember,
    username: address,
  });
}

/** Whether the server does not take the proof any more, if it ever did. */
export const isProofRefused = (answer: Answer | null): boolean =>
  answer?.body.form_errors?.external_token !== undefined;

/** Whether nothing is missing but an address: its user is new here, and his provider vouches for none that serves. */
export function isAddressWanted(answer: Answer | null): boolean {
  const [words = ''] = answer?.body.form_errors?.username ?? [];
  return !isProofRefused(answer) && [REQUIRED, INVALID].includes(words);
}

/** What a refusal means. */
export function faultOfEntering(answer: Answer | null): Fault {
  if (isProofRefused(answer)) return fault('elsewhereFailed');
  const [words = ''] = answer?.body.form_errors?.username ?? [];
  const name = OF_ADDRESS[words];
  if (name !== undefined) return fault(name);
  // Nobody registers himself here.
  if (answer?.status === 403) return fault('elsewhereUnknown');
  return faultOf(answer, {});
}
