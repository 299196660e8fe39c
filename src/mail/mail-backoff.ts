import { DAY, HOUR, MINUTE, SECOND } from '../common/clock.js';

/** What becomes of a mail after a failed attempt; `at` is when it is due again, or when it died. */
export interface AfterFailure {
  readonly state: 'pending' | 'dead';
  readonly at: number;
}

const FIRST_GAP = SECOND;
const EAGER_FOR = 10 * MINUTE;
/** Attempts are at most 30 s apart; what the next one needs to be noticed and begun is within that. */
const LONGEST_EAGER_GAP = 28 * SECOND;
const LONGEST_GAP = HOUR;
const GIVEN_UP_AFTER = DAY;

/**
 * When to try again (contract 3.6): after 1 s, doubled, at most 30 s apart while the mail is younger
 * than ten minutes; then the gap is as long as the time since those ten minutes, which doubles it,
 * up to an hour; after 24 h the mail is dead. A server's refusal is treated like its absence, so that
 * a mailbox that is full or barred for a day loses nothing.
 * @param attempts failed attempts, this one included. @param startedAt when this one began.
 */
export function afterFailure(mail: {
  createdAt: number;
  startedAt: number;
  now: number;
  attempts: number;
}): AfterFailure {
  const age = mail.now - mail.createdAt;
  if (age >= GIVEN_UP_AFTER) return { state: 'dead', at: mail.now };
  // Counted from the start of the attempt, so that a server that hangs does not stretch the gap.
  const at = Math.max(mail.startedAt + gap(age, mail.attempts), mail.now + FIRST_GAP);
  return { state: 'pending', at: Math.min(at, mail.createdAt + GIVEN_UP_AFTER) };
}

function gap(age: number, attempts: number): number {
  if (age < EAGER_FOR) return Math.min(FIRST_GAP * 2 ** (attempts - 1), LONGEST_EAGER_GAP);
  return Math.min(Math.max(age - EAGER_FOR, LONGEST_EAGER_GAP), LONGEST_GAP);
}
