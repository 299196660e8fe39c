import type { DomainError } from '../../common/domain-error.js';
import { AccessNotGranted, AttemptUnknown, ProofRefused } from '../../social/social.errors.js';
import type { AttemptResult } from '../../social/sign-in-attempts.service.js';

export const UNKNOWN = 'Unknown';

/** What the application is called with (document 002, "OAuth Flow"). */
export type HandOverAnswer =
  | { readonly error: string }
  | {
      readonly error: null;
      readonly credentials: {
        readonly external_system: string;
        readonly external_token: string;
        readonly metadata: { readonly screen_name: string | null };
      };
    };

export function handOverOf({ provider, proof }: AttemptResult): HandOverAnswer {
  return {
    error: null,
    credentials: {
      external_system: provider,
      external_token: proof.token,
      metadata: { screen_name: proof.label },
    },
  };
}

/** What is said of an attempt that came to nothing (002 reference note 1.5). */
export function refusalOf(error: DomainError, query: URLSearchParams): string {
  if (error instanceof AccessNotGranted || query.has('denied')) return 'Access not granted';
  const isWrong = error instanceof AttemptUnknown || error instanceof ProofRefused;
  return isWrong || error.kind === 'not_found' ? 'Invalid token' : UNKNOWN;
}
