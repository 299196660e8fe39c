const MOST_CHARACTERS = 1_000;
const MOST_RANGES = 20;

/**
 * The offered locale that the caller likes best (RFC 9110 12.5.4, look-up as in RFC 4647 3.4: `de-AT`
 * finds `de`); the first offered one where none fits. Looks at 20 ranges at most.
 */
export function negotiateLocale(acceptLanguage: string | undefined, offered: readonly string[]): string {
  const [fallback = ''] = offered;
  const ranges = (acceptLanguage ?? '')
    .slice(0, MOST_CHARACTERS)
    .split(',', MOST_RANGES)
    .map(parseRange)
    .filter((range) => range.quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const { tag } of ranges) {
    const found = tag === '*' ? fallback : lookUp(tag, offered);
    if (found !== undefined) return found;
  }
  return fallback;
}

function parseRange(text: string): { tag: string; quality: number } {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  const quality = weight === undefined ? 1 : Number(weight.slice(2));
  return { tag, quality: quality <= 1 ? quality : 0 };
}

function lookUp(tag: string, offered: readonly string[]): string | undefined {
  for (let range = tag; range !== ''; range = range.slice(0, Math.max(0, range.lastIndexOf('-')))) {
    const found = offered.find((locale) => locale.toLowerCase() === range);
    if (found !== undefined) return found;
  }
  return undefined;
}
