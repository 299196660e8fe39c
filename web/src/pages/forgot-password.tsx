import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { isAddress } from '../parts/address.js';
import { text } from '../texts/texts.js';

/** Asks for a mail with a link to choose a new password; says the same of every address. */
export function ForgotPassword(): VNode {
  const submission = useSubmission();
  const asked = useSignal<string | null>(null);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const email = typed(fields, 'email').trim();
    if (!isAddress(email)) return fault('emailInvalid');
    const answer = await request('POST', '/api/v1.1/auth/reset-password/', { email });
    if (!answer?.isOk) return faultOf(answer, {});
    asked.value = email;
    return null;
  };
  if (asked.value !== null) {
    return (
      <Page title={text('mailedTitle')}>
        <p>{text('forgotten', { email: asked.value })}</p>
        <Links to={['back']} />
      </Page>
    );
  }
  return (
    <Page title={text('forgottenTitle')}>
      <Form submission={submission} action={text('sendLink')} send={send}>
        <p>{text('forgottenText')}</p>
        <Field
          name="email"
          type="email"
          inputMode="email"
          label={text('email')}
          autoComplete="username"
          isWrong={submission.fault?.words === text('emailInvalid')}
        />
      </Form>
      <Links to={['back']} />
    </Page>
  );
}
