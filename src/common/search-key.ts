const LONGEST = 150;

/** The spelling of a name under which its beginning is looked for: Unicode NFKC in lower case, 150 characters at most. */
export function searchKeyOf(name: string): string {
  // Normalising costs more than linear time.
  const key = name
    .slice(0, 2 * LONGEST)
    .normalize('NFKC')
    .toLowerCase();
  return [...key].slice(0, LONGEST).join('');
}

/** Where the keys that begin with `prefix` end: above them, in the order of code points. */
export function searchKeyEnd(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
