/** The counted things, as `GET /v1/figures` names them. */
export type Figure =
  'signIns' | 'failedSignIns' | 'registrations' | 'sessions' | 'mailsSent' | 'mailsFailed' | 'mailsDead';

/** What was counted in the hour, or the day, that began at `at`. */
export type Step = { readonly at: string } & Readonly<Record<Figure, number>>;

export interface Series {
  readonly step: 'hour' | 'day';
  readonly items: readonly Step[];
}

/** What is in the outbox now, as `GET /v1/outbox/state` tells it. */
export interface OutboxState {
  readonly waiting: number;
  readonly dead: number;
  readonly oldestAt: string | null;
}

const HOUR = 3_600_000;

/** The periods to choose from, in ms. */
const PERIODS = { day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;

export type Period = keyof typeof PERIODS;

export const PERIOD_NAMES: readonly Period[] = ['day', 'week', 'month'];

/** The query for the hours of a period, the last of which is the one that runs. */
export function queryOf(period: Period): string {
  const to = Math.ceil(Date.now() / HOUR) * HOUR;
  const from = to - PERIODS[period];
  return String(new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() }));
}

/** What is drawn into one plot. */
export interface PlotKind {
  readonly name: 'signIns' | 'registrations' | 'sessions' | 'mail';
  readonly figures: readonly Figure[];
}

export const PLOTS: readonly PlotKind[] = [
  { name: 'signIns', figures: ['signIns', 'failedSignIns'] },
  { name: 'sessions', figures: ['sessions'] },
  { name: 'registrations', figures: ['registrations'] },
  { name: 'mail', figures: ['mailsSent', 'mailsFailed', 'mailsDead'] },
];
