/** What `GET /v1/password-policy` answers. */
export interface PasswordPolicy {
  readonly minLength: number;
  readonly maxLength: number;
  readonly minDigits: number;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minSpecial: number;
  readonly specialCharacters: string;
  readonly refuseCommon: boolean;
  readonly expiresAfterDays: number;
  readonly allowsReuse: boolean;
}

/** The rules that are other ones in a draft. */
export function changesOf(before: Partial<PasswordPolicy>, draft: object): Partial<PasswordPolicy> {
  const known = before as Readonly<Record<string, unknown>>;
  const isOther = ([name, value]: [string, unknown]) => name in known && known[name] !== value;
  return Object.fromEntries(Object.entries(draft).filter(isOther));
}

const COUNTED = ['minLength', 'minDigits', 'minLower', 'minUpper', 'minSpecial'] as const;

export type CountedRule = (typeof COUNTED)[number];

/** The rules that count characters and that a password breaks. The server decides; this is for the eye. */
export function brokenRulesOf(policy: PasswordPolicy, password: string): CountedRule[] {
  const counts: Record<CountedRule, (character: string) => boolean> = {
    minLength: () => true,
    minDigits: (character) => /\p{Nd}/u.test(character),
    minLower: (character) => /\p{Ll}/u.test(character),
    minUpper: (character) => /\p{Lu}/u.test(character),
    minSpecial: (character) => policy.specialCharacters.includes(character),
  };
  return COUNTED.filter((name) => [...password].filter(counts[name]).length < policy[name]);
}
