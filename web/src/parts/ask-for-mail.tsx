import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { text } from '../texts/texts.js';
import { isAddress } from './address.js';
import { Field } from './field.js';
import { Form, typed } from './form.js';
import { Links } from './links.js';
import { Page } from './page.js';
import { useSubmission } from './submission.js';

interface Properties {
  readonly title: string;
  readonly explanation: string;
  /** Where the address is sent, as `email`. */
  readonly path: string;
}

/** A page that has a link mailed to an address; it says the same of every address. */
export function AskForMail({ title, explanation, path }: Properties): VNode {
  const submission = useSubmission();
  const asked = useSignal<string | null>(null);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const email = typed(fields, 'email').trim();
    if (!isAddress(email)) return fault('emailInvalid');
    const answer = await request('POST', path, { email });
    if (!answer?.isOk) return faultOf(answer, {});
    asked.value = email;
    return null;
  };
  if (asked.value !== null) {
    return (
      <Page title={text('mailedTitle')}>
        <p>{text('mailed', { email: asked.value })}</p>
        <p class="quiet">{text('mailedHint')}</p>
        <Links to={['back']} />
      </Page>
    );
  }
  return (
    <Page title={title}>
      <Form submission={submission} action={text('sendLink')} send={send}>
        <p>{explanation}</p>
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
