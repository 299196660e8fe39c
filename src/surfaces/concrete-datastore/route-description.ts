import { list, object, text } from '../../http/described.js';
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

/** How it is described in its turn. */
export const ROUTE_DESCRIPTION = object({
  name: text('What the route does'),
  description: text('Always empty'),
  renders: list(text('A content type'), 'What it answers'),
  parses: list(text('A content type'), 'What it takes'),
  rules: list(
    object({
      message_en: text('The rule in English'),
      message_fr: text('The rule in French'),
      code: text('The rule’s code'),
    }),
    'The rules that a password must meet',
  ),
});

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
