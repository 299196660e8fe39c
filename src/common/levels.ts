/** The one role ladder (contract 3.1), lowest first. Blocking is a state, not a level. */
export const LEVELS = ['member', 'manager', 'admin', 'superuser'] as const;
export type Level = (typeof LEVELS)[number];

/** The kinds of user; which doors a kind may use is contract 3.10. */
export const USER_TYPES = ['customer', 'seller', 'admin'] as const;
export type UserType = (typeof USER_TYPES)[number];

/** The lower of two levels. */
export function lowerOf(one: Level, other: Level): Level {
  return isAtLeast(one, other) ? other : one;
}

/** True when `level` is `least` or stands above it. */
export function isAtLeast(level: Level, least: Level): boolean {
  return LEVELS.indexOf(level) >= LEVELS.indexOf(least);
}

/** True when `level` stands strictly above `other`. */
export function isAbove(level: Level, other: Level): boolean {
  return LEVELS.indexOf(level) > LEVELS.indexOf(other);
}
