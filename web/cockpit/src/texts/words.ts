import { problems } from './problems/en.js';

/** Whatever is wrong with the session itself has one meaning: nobody is signed in any more. */
const SESSION_CODE = /^credential-/;

/** The key of what a refusal with that code means; there is one for each. */
export function keyOfProblem(code: string, status: number): string {
  if (code in problems.problem) return `problem.${code}`;
  if (SESSION_CODE.test(code)) return 'problem.unauthenticated';
  return status >= 500 ? 'problem.failed' : 'problem.invalid';
}

/** The key of what a broken rule means; there is one for each. */
export const keyOfRule = (rule: string): string => (rule in problems.rule ? `rule.${rule}` : 'rule.invalid');
