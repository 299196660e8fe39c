import type { VNode } from 'preact';
import type { Rule } from '../api/password-policy.js';
import { text } from '../texts/texts.js';

interface Properties {
  readonly rules: readonly Rule[];
  readonly password: string;
}

/** The rules in force, ticked off as `password` meets them. */
export function Rules({ rules, password }: Properties): VNode {
  return (
    <div id="rules" class="rules" hidden={rules.length === 0}>
      <p>{text('rules')}</p>
      <ul>
        {rules.map((rule) => {
          const isMet = rule.isMetBy(password);
          return (
            <li key={rule.name} data-met={String(isMet)}>
              {text(rule.name, { min: String(rule.min), characters: rule.characters })}{' '}
              <span class="visually-hidden">{text(isMet ? 'ruleMet' : 'ruleUnmet')}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
