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
import { registration } from '../registration.js';
import { text, type TextName } from '../texts/texts.js';

const ADDRESS_REFUSALS: Readonly<Record<string, TextName>> = {
  INVALID_DATA: 'emailInvalid',
  EMAIL_NOT_AUTHORIZED_TO_REGISTER: 'notAllowed',
};
const REFUSALS: Readonly<Record<string, TextName>> = {
  ...PASSWORD_REFUSALS,
  ...ADDRESS_REFUSALS,
  NOT_ALLOWED_TO_SELF_REGISTER: 'registerClosed',
};

/** How a registration ended: the account is ready, or a mail tells more. */
type Made = 'ready' | 'mailed' | 'perhaps';

/**
 * Makes an account: by a mailed link to choose a password, or, where the server sends none, with a
 * password at once. An address that has an account already is told so by mail alone.
 */
export function Register(): VNode {
  const submission = useSubmission();
  const made = useSignal<{ email: string; how: Made } | null>(null);
  const asksPassword = registration === 'by-password';
  const send = async (fields: FormData): Promise<Fault | null> => {
    const email = typed(fields, 'email').trim();
    if (!isAddress(email)) return fault('emailInvalid');
    const refusal = asksPassword ? faultOfNewPassword(fields) : null;
    if (refusal !== null) return refusal;
    const passwords = asksPassword
      ? { password1: typed(fields, 'password1'), password2: typed(fields, 'password2') }
      : {};
    const answer = await request('POST', '/api/v1.1/auth/register/', { email, ...passwords });
    if (!answer?.isOk) return faultOf(answer, REFUSALS);
    const isReady = asksPassword && typeof answer.body.token === 'string';
    // The account may have been made by the sending whose answer was lost.
    const isUnsure = asksPassword && submission.hasLostAnAnswer;
    made.value = { email, how: isReady ? 'ready' : isUnsure ? 'perhaps' : 'mailed' };
    return null;
  };
  if (registration === 'closed') {
    return (
      <Page title={text('registerTitle')}>
        <p>{text('registerClosed')}</p>
        <Links to={['back']} />
      </Page>
    );
  }
  if (made.value !== null) {
    const { email, how } = made.value;
    return (
      <Page title={text(how === 'ready' ? 'registeredTitle' : 'mailedTitle')}>
        <p>{text(how === 'ready' ? 'registeredReady' : 'registered', { email })}</p>
        {how !== 'ready' && (
          <p class="quiet">{text(how === 'mailed' ? 'mailedHint' : 'registeredPerhaps')}</p>
        )}
        <Links to={['back']} />
      </Page>
    );
  }
  const isAbout = (names: readonly TextName[]) =>
    names.some((name) => submission.fault?.words === text(name));
  const isAddressWrong = isAbout(Object.values(ADDRESS_REFUSALS));
  const isPasswordWrong = isAbout(Object.values(PASSWORD_REFUSALS)) || isAbout(['tooLong']);
  return (
    <Page title={text('registerTitle')}>
      <Form submission={submission} action={text('register')} send={send}>
        {!asksPassword && <p>{text('registerText')}</p>}
        <Field
          name="email"
          type="email"
          inputMode="email"
          label={text('email')}
          autoComplete="username"
          isWrong={isAddressWrong}
        />
        {asksPassword && <NewPassword refusal={isPasswordWrong ? submission.fault : null} />}
      </Form>
      <Links to={['back']} />
    </Page>
  );
}
