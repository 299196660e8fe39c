import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Form, typed } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { faultOfNewPassword, NewPassword, PASSWORD_REFUSALS } from '../parts/new-password.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { UsernameField } from '../parts/username-field.js';
import type { Route } from '../route.js';
import { text } from '../texts/texts.js';

type PasswordLink = Extract<Route, { page: 'set-password' | 'reset-password' }>;

/** The page behind a mailed password link. */
export function ChoosePassword({ link }: { readonly link: PasswordLink }): VNode {
  const submission = useSubmission();
  const end = useSignal<'done' | 'dead' | null>(null);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const refusal = faultOfNewPassword(fields);
    if (refusal !== null) return refusal;
    const answer = await request('POST', '/api/v1.1/auth/change-password/', {
      email: link.email,
      password1: typed(fields, 'password1'),
      password2: typed(fields, 'password2'),
      password_change_token: link.token,
    });
    if (answer?.isOk) end.value = 'done';
    else if (answer?.body._errors?.[0] === 'INVALID_TOKEN') end.value = 'dead';
    else return faultOf(answer, { ...PASSWORD_REFUSALS, INVALID_DATA: 'linkOrPassword' });
    return null;
  };
  if (end.value === 'done') {
    return (
      <Page title={text('passwordDoneTitle')}>
        <p>{text('passwordDone')}</p>
        <Links to={['back']} />
      </Page>
    );
  }
  if (end.value === 'dead') {
    return (
      <Page title={text('linkDeadTitle')}>
        <p>{text(submission.hasLostAnAnswer ? 'passwordPerhaps' : 'passwordDead')}</p>
        <Links to={['toForgotten', 'back']} />
      </Page>
    );
  }
  return (
    <Page title={text(link.page === 'set-password' ? 'setTitle' : 'resetTitle')}>
      <p>
        {text('forAccount')} <strong>{link.email}</strong>
      </p>
      <Form submission={submission} action={text('savePassword')} send={send}>
        <UsernameField value={link.email} />
        <NewPassword refusal={submission.fault} />
      </Form>
    </Page>
  );
}
