import type { PasswordRules } from '../../password-policy/password-rules.js';
import { ruleItems, type RuleItem } from './password-messages.js';

/** What OPTIONS answers on a route that sets a password. */
export interface RouteDescription {
  readonly name: string;
  readonly description: string;
  readonly renders: readonly string[];
  readonly parses: readonly string[];
  readonly rules: readonly RuleItem[];
}

/** Describes a route with the password rules in force (reference note 1.1). */
export function describeRoute(name: string, rules: PasswordRules): RouteDescription {
  return {
    name,
    description: '',
    renders: ['application/json'],
    parses: ['application/json', 'application/x-www-form-urlencoded'],
    rules: ruleItems(rules),
  };
}
