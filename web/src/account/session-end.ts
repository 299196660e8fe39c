import { fault, type Fault } from '../api/fault.js';
import type { Answer } from '../api/request.js';
import { leaveToSignIn } from '../route.js';

/** Why the sign-in page is shown; told there once. */
let parting: Fault | null = null;

/** Whether the server knows no session of this browser any more. */
export const isOver = (answer: Answer | null): boolean =>
  answer?.status === 401 && /^(credential-|owner-)/.test(answer.body.code ?? '');

/** Leads to the sign-in, which tells that the session has ended and comes back to this section. */
export function leaveEndedSession(): void {
  parting = fault('sessionEnded');
  leaveToSignIn();
}

/** Why one is on the sign-in page without having asked for it, or null. */
export function takeParting(): Fault | null {
  const why = parting;
  parting = null;
  return why;
}
