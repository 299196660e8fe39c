import type { ReadDraft } from '../accounts/field-faults.js';
import type { Identity, Provider } from './provider.js';

/** What somebody shows who has an account elsewhere; null is what he left out. */
export interface ExternalSignInRequest extends ReadDraft {
  readonly surface: string;
  readonly system: string | null;
  readonly token: string | null;
  /** His address: needed by who is new. */
  readonly email: string | null;
  /** The session cookie that came with the request: it ends. */
  readonly previousCookie: string | null;
  readonly locale: string;
}

/** Somebody who has shown who he is elsewhere. */
export interface ExternalPerson {
  readonly provider: Provider;
  readonly token: string;
  readonly identity: Identity;
}
