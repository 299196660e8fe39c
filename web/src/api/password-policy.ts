import { request } from './request.js';

/** What `GET /v1/password-policy` answers, as far as the pages show it. */
export interface PasswordPolicy {
  readonly minLength: number;
  readonly minDigits: number;
  readonly minLower: number;
  readonly minUpper: number;
  readonly minSpecial: number;
  readonly specialCharacters: string;
}

/** A rule that is in force; the server decides, this counts for the eye. */
export interface Rule {
  readonly name: 'minLength' | 'minDigits' | 'minLower' | 'minUpper' | 'minSpecial';
  readonly min: number;
  readonly characters: string;
  isMetBy(password: string): boolean;
}

/** The rules in force that ask for something; none when the server does not tell. */
export async function loadRules(): Promise<readonly Rule[]> {
  const answer = await request('GET', '/v1/password-policy');
  return answer?.isOk ? rulesOf(answer.body as unknown as PasswordPolicy) : [];
}

function rulesOf(policy: PasswordPolicy): Rule[] {
  const counts: Record<Rule['name'], (character: string) => boolean> = {
    minLength: () => true,
    minDigits: (character) => /\p{Nd}/u.test(character),
    minLower: (character) => /\p{Ll}/u.test(character),
    minUpper: (character) => /\p{Lu}/u.test(character),
    minSpecial: (character) => policy.specialCharacters.includes(character),
  };
  const names = Object.keys(counts) as Rule['name'][];
  return names
    .filter((name) => policy[name] > 0)
    .map((name) => ({
      name,
      min: policy[name],
      characters: policy.specialCharacters,
      isMetBy: (password) => [...password].filter(counts[name]).length >= policy[name],
    }));
}
