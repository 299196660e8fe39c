import type { ReadDraft } from '../field-faults.js';

/** A customer or seller as somebody wants him to be; null is what was left out. */
export interface MemberDraft extends ReadDraft {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly card: string | null;
  readonly password: string | null;
}

/** Somebody who was registered just now. */
export interface RegisteredMember {
  readonly id: string;
  readonly email: string;
}
