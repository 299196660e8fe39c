import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Form } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';

/** The page behind a mailed sign-in link: opening it uses nothing up, its button does. */
export function SignInLink({ token }: { readonly token: string }): VNode {
  const submission = useSubmission();
  const end = useSignal<'in' | 'dead' | null>(null);
  const send = async (): Promise<Fault | null> => {
    const answer = await request('POST', '/api/validate_token', { token });
    if (answer?.isOk) end.value = 'in';
    else if (answer?.status === 400) end.value = 'dead';
    else return faultOf(answer, {});
    return null;
  };
  if (end.value === 'in') {
    return (
      <Page title={text('linkDoneTitle')}>
        <p>{text('linkDone')}</p>
        <Links to={['toAccount']} />
      </Page>
    );
  }
  if (end.value === 'dead') {
    return (
      <Page title={text('linkDeadTitle')}>
        <p>{text(submission.hasLostAnAnswer ? 'linkPerhaps' : 'linkDead')}</p>
        <Links to={['back']} />
      </Page>
    );
  }
  return (
    <Page title={text('linkTitle')}>
      <Form submission={submission} action={text('linkButton')} send={send}>
        <p>{text('linkText')}</p>
      </Form>
    </Page>
  );
}
