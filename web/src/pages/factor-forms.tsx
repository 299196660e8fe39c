import type { VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { isSignedIn } from '../api/whoami.js';
import { Checkbox } from '../parts/checkbox.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { signInByPasskey } from '../passkeys/passkey-sign-in.js';
import { go } from '../route.js';
import { text } from '../texts/texts.js';
import { SIGN_IN_REFUSALS, type FirstStep } from './first-step.js';

const LABELS = { app: 'appCode', 'recovery-code': 'recoveryCode', email: 'emailCode' } as const;
const CODE = /^[0-9A-Za-z -]{6,64}$/;

interface Properties {
  readonly method: keyof typeof LABELS;
  readonly first: FirstStep;
  readonly onOver: (why: Fault | null) => void;
}

/** A second factor that is typed. */
export function CodeForm({ method, first, onOver }: Properties): VNode {
  const { identifier, password, remember } = first;
  const submission = useSubmission();
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => input.current?.focus(), []);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const otp = typed(fields, 'otp').trim();
    if (!CODE.test(otp)) return fault('codeMalformed');
    const { hasLostAnAnswer } = submission;
    // The code may have been used by the sending whose answer was lost.
    if (hasLostAnAnswer && (await isSignedIn(identifier))) {
      go('me');
      return null;
    }
    const trustDevice = fields.has('trustDevice');
    const answer = await request('POST', '/v1/sessions', {
      identifier,
      password,
      remember,
      otp,
      trustDevice,
    });
    if (answer?.isOk) {
      go('me');
      return null;
    }
    const code = answer?.body.code ?? '';
    if (code.startsWith('pending-sign-in') || code === 'second-factor-required') onOver(fault('stepOver'));
    input.current?.select();
    return faultOf(answer, {
      ...SIGN_IN_REFUSALS,
      'wrong-factor-code': hasLostAnAnswer ? 'codePerhaps' : 'wrongCode',
    });
  };
  const isRecovery = method === 'recovery-code';
  return (
    <Form submission={submission} action={text('signIn')} send={send}>
      <Field
        name="otp"
        label={text(LABELS[method])}
        autoComplete={isRecovery ? 'off' : 'one-time-code'}
        inputMode={isRecovery ? 'text' : 'numeric'}
        isWrong={submission.fault !== null && !submission.fault.isUnsure}
        inputRef={input}
      />
      <Checkbox name="trustDevice" label={text('trustDevice')} />
    </Form>
  );
}

/** A second factor that the browser shows. */
export function PasskeyForm({ remember }: { readonly remember: boolean }): VNode {
  const submission = useSubmission();
  return (
    <Form submission={submission} action={text('toPasskey')} send={() => signInByPasskey(remember)}>
      <p>{text('passkeyText')}</p>
    </Form>
  );
}
