import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Checkbox } from '../parts/checkbox.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { go } from '../route.js';
import { text } from '../texts/texts.js';

/** A right password, kept in this page's memory alone until the second factor is shown. */
export interface FirstStep {
  readonly identifier: string;
  readonly password: string;
  readonly remember: boolean;
  readonly methods: readonly string[];
}

type FactorMethod = 'app' | 'recovery-code' | 'email';

const LABELS = { app: 'appCode', 'recovery-code': 'recoveryCode', email: 'emailCode' } as const;
const CODE = /^[0-9A-Za-z -]{6,64}$/;

interface Properties {
  readonly first: FirstStep;
  /** The password step is to be shown again. */
  readonly onOver: (why: Fault | null) => void;
}

/** Asks for a code of the second factor, and signs in with it. */
export function SecondStep({ first, onOver }: Properties): VNode {
  const { methods, ...credentials } = first;
  const submission = useSubmission();
  const method = useSignal<FactorMethod>(methods.includes('email') ? 'email' : 'app');
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), [method.value]);
  const isRecovery = method.value === 'recovery-code';
  const send = async (fields: FormData): Promise<Fault | null> => {
    const otp = typed(fields, 'otp').trim();
    if (!CODE.test(otp)) return fault('codeMalformed');
    const trustDevice = fields.has('trustDevice');
    const answer = await request('POST', '/v1/sessions', { ...credentials, otp, trustDevice });
    if (answer?.isOk) {
      go('me');
      return null;
    }
    const code = answer?.body.code ?? '';
    if (code.startsWith('pending-sign-in') || code === 'second-factor-required') onOver(fault('stepOver'));
    input.current?.select();
    return faultOf(answer, { 'wrong-factor-code': 'wrongCode', 'wrong-credentials': 'wrongCredentials' });
  };
  return (
    <Page title={text('secondStepTitle')}>
      <Form submission={submission} action={text('signIn')} send={send}>
        <Field
          key={method.value}
          name="otp"
          label={text(LABELS[method.value])}
          autoComplete={isRecovery ? 'off' : 'one-time-code'}
          inputMode={isRecovery ? 'text' : 'numeric'}
          isWrong={submission.fault !== null && !submission.fault.isUnsure}
          inputRef={input}
        />
        <Checkbox name="trustDevice" label={text('trustDevice')} />
      </Form>
      {methods.includes('recovery-code') && (
        <button
          type="button"
          class="plain"
          onClick={() => (method.value = isRecovery ? 'app' : 'recovery-code')}
        >
          {text(isRecovery ? 'toApp' : 'toRecovery')}
        </button>
      )}
      <button type="button" class="plain" onClick={() => onOver(null)}>
        {text('back')}
      </button>
    </Page>
  );
}
