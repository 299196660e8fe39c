import { DAY, HOUR } from '../common/clock.js';

/**
 * What is counted by the hour. `sessions` are those in use: each counts once in an hour in which it was
 * opened or used. `mailsFailed` are attempts, `mailsDead` mails that were given up.
 */
export const FIGURES = [
  'signIns',
  'failedSignIns',
  'registrations',
  'sessions',
  'mailsSent',
  'mailsFailed',
  'mailsDead',
] as const;

export type Figure = (typeof FIGURES)[number];

/** How many of something there were in an hour, or a day, that began at `at` (ms since 1970). */
export interface Count {
  readonly at: number;
  readonly figure: Figure;
  readonly n: number;
}

/** For how long figures are kept. */
export const KEPT = 400 * DAY;

/** When the hour of `at` began. */
export const hourOf = (at: number): number => at - (at % HOUR);
