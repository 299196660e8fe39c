const WAYS = ['closed', 'by-mail', 'by-password'] as const;

/**
 * How one registers at this server, as its page says: not by oneself, by a mailed link to choose a
 * password, or with a password at once.
 */
export const registration =
  WAYS.find((way) => way === document.currentScript?.dataset['registration']) ?? 'by-mail';
