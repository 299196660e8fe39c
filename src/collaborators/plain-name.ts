const LONGEST = 60;

/**
 * A name that a stranger chose, as it may stand in a mail of ours: letters, digits and a few marks, on
 * one line of 60 characters, and nothing that a mail program would make a link of. May be empty.
 */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N} '’.,&()-]+/gu, ' ')
    .replace(/\.(?=[\p{L}\p{M}\p{N}-])/gu, '. ')
    .replace(/ +/g, ' ')
    .trim();
  return [...plain].slice(0, LONGEST).join('').trim();
}
