import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import { fault, type Fault } from '../api/fault.js';
import { loadRules, type Rule } from '../api/password-policy.js';
import { text, type TextName } from '../texts/texts.js';
import { typed } from './form.js';
import { Passwords, type Line } from './passwords.js';
import { Rules } from './rules.js';

const MOST_CHARACTERS = 1_024;

/** What document 004 refuses a new password for. */
export const PASSWORD_REFUSALS: Readonly<Record<string, TextName>> = {
  MISMATCH_PASSWORDS: 'differ',
  NOT_ENOUGH_CHARS: 'ruleBroken',
  NOT_ENOUGH_DIGITS: 'ruleBroken',
  NOT_ENOUGH_LOWER: 'ruleBroken',
  NOT_ENOUGH_UPPER: 'ruleBroken',
  NOT_ENOUGH_SPECIAL: 'ruleBroken',
  PASSWORD_INSECURE: 'insecure',
  CANNOT_USE_SAME_PASSWORD: 'samePassword',
};

interface Properties {
  readonly refusal: Fault | null;
  /** What is asked for before it. */
  readonly present?: Line;
}

/** A new password, twice, with the rules in force; its fields are `password1` and `password2`. */
export function NewPassword({ refusal, present }: Properties): VNode {
  const rules = useSignal<readonly Rule[]>([]);
  const password = useSignal('');
  useEffect(() => {
    void loadRules().then((loaded) => (rules.value = loaded));
  }, []);
  const isRepeatWrong = refusal?.words === text('differ');
  return (
    <Passwords
      autoComplete="new-password"
      lines={[
        ...(present ? [present] : []),
        {
          name: 'password1',
          label: text('newPassword'),
          isWrong: refusal !== null && !refusal.isUnsure && !isRepeatWrong,
          below: <Rules rules={rules.value} password={password.value} />,
          onInput: (value) => (password.value = value),
        },
        { name: 'password2', label: text('repeatPassword'), isWrong: isRepeatWrong },
      ]}
    />
  );
}

/** What needs no server to be known of a new password; null when nothing is wrong with it. */
export function faultOfNewPassword(fields: FormData): Fault | null {
  const password = typed(fields, 'password1');
  if (password === '') return fault('emptyField');
  if (password !== typed(fields, 'password2')) return fault('differ');
  return [...password].length > MOST_CHARACTERS ? fault('tooLong') : null;
}
