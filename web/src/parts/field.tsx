import type { InputHTMLAttributes, Ref, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { FormContext } from './form-context.js';

interface Properties {
  readonly name: string;
  readonly label: string;
  /** What browsers and password managers fill in (HTML "Autofill"). */
  readonly autoComplete: 'username' | 'username webauthn' | 'email' | 'one-time-code' | 'off';
  readonly type?: 'text' | 'email';
  readonly inputMode?: 'numeric' | 'email' | 'text';
  readonly isWrong?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

const AS_TYPED: InputHTMLAttributes<HTMLInputElement> = {
  autoCapitalize: 'none',
  autoCorrect: 'off',
  spellcheck: false,
};

/** A line to be filled in, under its label. */
export function Field({ name, label, type = 'text', isWrong = false, inputRef, ...more }: Properties): VNode {
  const { noticeId } = useContext(FormContext);
  return (
    <>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        ref={inputRef}
        required
        aria-invalid={isWrong}
        aria-describedby={noticeId}
        {...AS_TYPED}
        {...more}
      />
    </>
  );
}
