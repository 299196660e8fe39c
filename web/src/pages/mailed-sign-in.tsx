import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { whoami } from '../api/whoami.js';
import { Form } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';

/** The page behind a mailed sign-in link: opening it uses nothing up, its button does. */
export function MailedSignIn({ token }: { readonly token: string }): VNode {
  const submission = useSubmission();
  const end = useSignal<'in' | 'perhaps' | 'dead' | null>(null);
  const send = async (): Promise<Fault | null> => {
    const answer = await request('POST', '/api/validate_token', { token });
    if (answer?.isOk) end.value = 'in';
    else if (answer?.status !== 400) return faultOf(answer, {});
    else if (!submission.hasLostAnAnswer) end.value = 'dead';
    // The link may have been used by the sending whose answer was lost.
    else end.value = (await whoami()) ? 'in' : 'perhaps';
    return null;
  };
  switch (end.value) {
    case 'in':
      return (
        <Page title={text('linkDoneTitle')}>
          <p>{text('linkDone')}</p>
          <Links to={['toAccount']} />
        </Page>
      );
    case 'perhaps':
    case 'dead':
      return (
        <Page title={text('linkDeadTitle')}>
          <p>{text(end.value === 'dead' ? 'linkDead' : 'linkPerhaps')}</p>
          <Links to={['toLink', 'back']} />
        </Page>
      );
    case null:
      return (
        <Page title={text('linkTitle')}>
          <Form submission={submission} action={text('linkButton')} send={send}>
            <p>{text('linkText')}</p>
          </Form>
        </Page>
      );
  }
}
