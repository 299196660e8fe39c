import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useContext, useEffect } from 'preact/hooks';
import { text } from '../texts/texts.js';
import { FormContext } from './form-context.js';

/** One of the passwords. */
export interface Line {
  readonly name: string;
  readonly label: string;
  /** Where it is not what the others are. */
  readonly autoComplete?: Properties['autoComplete'];
  readonly isWrong?: boolean;
  /** What stands below it, such as the rules. */
  readonly below?: ComponentChildren;
  readonly onInput?: (value: string) => void;
}

interface Properties {
  readonly autoComplete: 'current-password' | 'new-password';
  readonly lines: readonly Line[];
}

/** Passwords to be typed, with one button that shows and hides them all; sending hides them. */
export function Passwords({ autoComplete, lines }: Properties): VNode {
  const { noticeId, isSending } = useContext(FormContext);
  const isShown = useSignal(false);
  useEffect(() => {
    if (isSending) isShown.value = false;
  }, [isSending]);
  return (
    <>
      {lines.map(({ name, label, isWrong = false, below, onInput, ...own }) => (
        <div key={name}>
          <label for={name}>{label}</label>
          <input
            id={name}
            name={name}
            type={isShown.value ? 'text' : 'password'}
            autoComplete={own.autoComplete ?? autoComplete}
            autoCapitalize="none"
            spellcheck={false}
            required
            aria-invalid={isWrong}
            aria-describedby={below ? `rules ${noticeId}` : noticeId}
            onInput={(event) => onInput?.(event.currentTarget.value)}
          />
          {below}
        </div>
      ))}
      <button
        type="button"
        class="plain"
        aria-controls={lines.map(({ name }) => name).join(' ')}
        onClick={() => (isShown.value = !isShown.value)}
      >
        {text(isShown.value ? 'hidePassword' : 'showPassword')}
      </button>
    </>
  );
}
