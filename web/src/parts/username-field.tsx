import type { VNode } from 'preact';
import { text } from '../texts/texts.js';

/** By it password managers know whose password a form is about; nobody sees it. */
export function UsernameField({ value }: { readonly value: string }): VNode {
  return (
    <input
      class="visually-hidden"
      type="email"
      name="username"
      autoComplete="username"
      value={value}
      aria-label={text('email')}
      aria-hidden="true"
      tabIndex={-1}
      readOnly
    />
  );
}
