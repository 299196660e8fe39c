import type { VNode } from 'preact';
import { text, type TextName } from '../texts/texts.js';

const TARGETS = {
  back: '#/sign-in',
  toForgotten: '#/forgot-password',
  toNewPassword: '#/forgot-password',
  toLink: '#/sign-in-link',
  toRegister: '#/register',
  toAccount: '#/me',
} satisfies Partial<Record<TextName, string>>;

/** Ways to other pages, at the end of one. */
export function Links({ to }: { readonly to: readonly (keyof typeof TARGETS)[] }): VNode {
  return (
    <nav class="links">
      {to.map((name) => (
        <a key={name} href={TARGETS[name]}>
          {text(name)}
        </a>
      ))}
    </nav>
  );
}
