import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { isAddress } from '../parts/address.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { faultOfNewPassword, NewPassword, PASSWORD_REFUSALS } from '../parts/new-password.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { text, type TextName } from '../texts/texts.js';

const REFUSALS: Readonly<Record<string, TextName>> = {
  ...PASSWORD_REFUSALS,
  INVALID_DATA: 'passwordNeeded',
  NOT_ALLOWED_TO_SELF_REGISTER: 'registerClosed',
  EMAIL_NOT_AUTHORIZED_TO_REGISTER: 'notAllowed',
};

/**
 * Makes an account: by a mailed link to choose a password, or, where the server sends none, with a
 * password at once. An address that has an account already is told so by mail alone.
 */
export function Register(): VNode {
  const submission = useSubmission();
  const asksPassword = useSignal(false);
  const made = useSignal<{ email: string; isReady: boolean } | null>(null);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const email = typed(fields, 'email').trim();
    if (!isAddress(email)) return fault('emailInvalid');
    const refusal = asksPassword.value ? faultOfNewPassword(fields) : null;
    if (refusal !== null) return refusal;
    const passwords = asksPassword.value
      ? { password1: typed(fields, 'password1'), password2: typed(fields, 'password2') }
      : {};
    const answer = await request('POST', '/api/v1.1/auth/register/', { email, ...passwords });
    if (!answer?.isOk) {
      const refused = faultOf(answer, REFUSALS);
      if (answer?.body._errors?.[0] !== 'INVALID_DATA') return refused;
      // Both an address and a missing password are refused so.
      if (asksPassword.value) return fault('emailInvalid');
      asksPassword.value = true;
      return refused;
    }
    made.value = { email, isReady: asksPassword.value && typeof answer.body.token === 'string' };
    return null;
  };
  if (made.value !== null) {
    const { email, isReady } = made.value;
    return (
      <Page title={text(isReady ? 'registeredTitle' : 'mailedTitle')}>
        <p>{text(isReady ? 'registeredReady' : 'registered', { email })}</p>
        <Links to={['back']} />
      </Page>
    );
  }
  return (
    <Page title={text('registerTitle')}>
      <Form submission={submission} action={text('register')} send={send}>
        {!asksPassword.value && <p>{text('registerText')}</p>}
        <Field
          name="email"
          type="email"
          inputMode="email"
          label={text('email')}
          autoComplete="username"
          isWrong={submission.fault?.words === text('emailInvalid')}
        />
        {asksPassword.value && <NewPassword refusal={null} />}
      </Form>
      <Links to={['back']} />
    </Page>
  );
}
