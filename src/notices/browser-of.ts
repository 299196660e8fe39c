/** A caller's program as far as it may be told apart, and told of. */
export interface Browser {
  /** `Firefox, Linux`; empty for a program that is none of the well-known ones. Words of ours alone. */
  readonly name: string;
  /** The same text for every version of the same program on the same system. */
  readonly family: string;
}

/** In order: most of them also call themselves by the name of one that stands below. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera|OPiOS)[/ ]/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+ .*\bSafari\//, 'Safari'],
  [/\b(?:MSIE |Trident\/)/, 'Internet Explorer'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPod)\b/, 'iOS'],
  [/\biPad\b/, 'iPadOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(?:intosh| OS X)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const LONGEST = 256;

/**
 * What a `User-Agent` says of a browser: nothing of it is repeated, and its versions do not count, since
 * a browser updates itself every few weeks.
 */
export function browserOf(userAgent: string): Browser {
  const text = userAgent.slice(0, LONGEST);
  const browser = firstOf(BROWSERS, text);
  const name = [browser, firstOf(SYSTEMS, text)].filter((word) => word !== null).join(', ');
  return { name, family: browser === null ? withoutVersions(text) : name };
}

function firstOf(table: readonly (readonly [RegExp, string])[], text: string): string | null {
  return table.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function withoutVersions(text: string): string {
  return text.toLowerCase().replace(/[\d.]+/g, '');
}
