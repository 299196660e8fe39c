import type { InputHTMLAttributes, Ref, VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { FormContext } from './form-context.js';

interface Properties {
  readonly name: string;
  readonly label: string;
  /** What browsers and password managers fill in (HTML "Autofill"). */
  readonly autoComplete:
    | 'username'
    | 'username webauthn'
    | 'email'
    | 'one-time-code'
    | 'given-name'
    | 'family-name'
    | 'tel'
    | 'nickname'
    | 'off';
  readonly type?: 'text' | 'email' | 'tel';
  readonly inputMode?: 'numeric' | 'email' | 'text' | 'tel';
  /** What stands in it at first. */
  readonly initial?: string;
  /** Whether it may stay empty. */
  readonly isOptional?: boolean;
  readonly maxLength?: number;
  readonly isWrong?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

const AS_TYPED: InputHTMLAttributes<HTMLInputElement> = {
  autoCapitalize: 'none',
  autoCorrect: 'off',
  spellcheck: false,
};

/** A line to be filled in, under its label. */
export function Field({
  name,
  label,
  type = 'text',
  isWrong = false,
  isOptional = false,
  initial,
  inputRef,
  ...more
}: Properties): VNode {
  const { noticeId } = useContext(FormContext);
  return (
    <>
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        ref={inputRef}
        required={!isOptional}
        defaultValue={initial}
        aria-invalid={isWrong}
        aria-describedby={noticeId}
        {...AS_TYPED}
        {...more}
      />
    </>
  );
}
