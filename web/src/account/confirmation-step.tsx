import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request, type Answer } from '../api/request.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Passwords } from '../parts/passwords.js';
import { useSubmission } from '../parts/submission.js';
import type { RequestOptions } from '../passkeys/ceremony.js';
import { canUsePasskeys, load, showPasskey } from '../passkeys/passkeys.js';
import { text, type TextName } from '../texts/texts.js';
import { PASSKEY_REFUSALS } from './passkey-refusals.js';

/** By what the server takes it that somebody is who he is. */
export type ConfirmationMethod = 'password' | 'app' | 'recovery-code' | 'passkey';

const ROUTE = '/v1/sessions/current/confirm';
const CODE = /^[0-9A-Za-z -]{6,64}$/;
const SWITCHES = {
  password: 'usePassword',
  app: 'toApp',
  'recovery-code': 'toRecovery',
  passkey: 'toPasskey',
} as const satisfies Record<ConfirmationMethod, TextName>;
const REFUSALS: Readonly<Record<string, TextName>> = {
  'wrong-credentials': 'wrongPassword',
  'wrong-factor-code': 'wrongCode',
};

interface Properties {
  readonly methods: readonly ConfirmationMethod[];
  readonly onConfirmed: () => void;
}

/** Asks for one of the methods; the others can be taken in its place. */
export function ConfirmationStep({ methods, onConfirmed }: Properties): VNode {
  const usable = methods.filter((method) => method !== 'passkey' || canUsePasskeys());
  const method = useSignal<ConfirmationMethod>(usable[0] ?? 'password');
  return (
    <>
      <Step key={method.value} method={method.value} onConfirmed={onConfirmed} />
      {usable
        .filter((other) => other !== method.value)
        .map((other) => (
          <button key={other} type="button" class="plain" onClick={() => (method.value = other)}>
            {text(SWITCHES[other])}
          </button>
        ))}
    </>
  );
}

interface StepProperties {
  readonly method: ConfirmationMethod;
  readonly onConfirmed: () => void;
}

function Step({ method, onConfirmed }: StepProperties): VNode {
  const submission = useSubmission();
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => frame.current?.querySelector<HTMLElement>('input, button[type=submit]')?.focus(), []);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const shown = await shownBy(method, fields);
    if ('fault' in shown) return shown.fault;
    const answer = await request('POST', ROUTE, shown.body);
    if (!answer?.isOk) return refusalOf(answer, method);
    onConfirmed();
    return null;
  };
  const isWrong = submission.fault !== null && !submission.fault.isUnsure;
  return (
    <div ref={frame}>
      <Form submission={submission} action={text('confirm')} send={send}>
        {method === 'password' && (
          <Passwords
            autoComplete="current-password"
            lines={[{ name: 'shownPassword', label: text('password'), isWrong }]}
          />
        )}
        {method === 'app' && (
          <Field
            name="shownCode"
            label={text('appCode')}
            autoComplete="one-time-code"
            inputMode="numeric"
            isWrong={isWrong}
          />
        )}
        {method === 'recovery-code' && (
          <Field name="shownCode" label={text('recoveryCode')} autoComplete="off" isWrong={isWrong} />
        )}
        {method === 'passkey' && <p>{text('passkeyText')}</p>}
      </Form>
    </div>
  );
}

type Shown = { readonly body: object } | { readonly fault: Fault };

async function shownBy(method: ConfirmationMethod, fields: FormData): Promise<Shown> {
  if (method === 'passkey') return shownPasskey();
  if (method === 'password') {
    const password = typed(fields, 'shownPassword');
    return password === '' ? { fault: fault('emptyField') } : { body: { password } };
  }
  const otp = typed(fields, 'shownCode').trim();
  return CODE.test(otp) ? { body: { otp } } : { fault: fault('codeMalformed') };
}

async function shownPasskey(): Promise<Shown> {
  const [options] = await Promise.all([request('POST', `${ROUTE}/options`), load()]);
  if (!options?.isOk) return { fault: faultOf(options, {}) };
  const shown = await showPasskey(options.body as unknown as RequestOptions);
  if ('refusal' in shown) return { fault: fault(PASSKEY_REFUSALS[shown.refusal]) };
  return { body: { passkey: shown.credential } };
}

function refusalOf(answer: Answer | null, method: ConfirmationMethod): Fault {
  if (method === 'passkey' && answer?.status === 401) return fault('passkeyRefused');
  return faultOf(answer, REFUSALS);
}
