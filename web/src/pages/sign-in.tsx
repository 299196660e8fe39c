import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { takeParting } from '../account/session-end.js';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import { Checkbox } from '../parts/checkbox.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { Passwords } from '../parts/passwords.js';
import { useSubmission } from '../parts/submission.js';
import { go } from '../route.js';
import { text, type TextName } from '../texts/texts.js';
import { SecondStep, type FirstStep } from './second-step.js';

const REFUSALS: Readonly<Record<string, TextName>> = {
  'wrong-credentials': 'wrongCredentials',
  'user-blocked': 'userBlocked',
  'email-not-confirmed': 'emailNotConfirmed',
  'password-expired': 'passwordExpired',
};

/** Signs in by password, and asks for the second factor of who has one. */
export function SignIn(): VNode {
  const first = useSignal<FirstStep | null>(null);
  const [parting] = useState(takeParting);
  const over = useSignal<Fault | null>(parting);
  if (first.value === null) {
    return <PasswordStep initial={over.value} onFactorNeeded={(step) => (first.value = step)} />;
  }
  const begin = (why: Fault | null): void => {
    over.value = why;
    first.value = null;
  };
  return <SecondStep first={first.value} onOver={begin} />;
}

interface Properties {
  readonly initial: Fault | null;
  readonly onFactorNeeded: (step: FirstStep) => void;
}

function PasswordStep({ initial, onFactorNeeded }: Properties): VNode {
  const submission = useSubmission(initial);
  const isWrong = submission.fault?.words === text('wrongCredentials');
  const send = async (fields: FormData): Promise<Fault | null> => {
    const identifier = typed(fields, 'identifier').trim();
    const password = typed(fields, 'password');
    const remember = fields.has('remember');
    if (!identifier || !password) return fault('emptyField');
    const answer = await request('POST', '/v1/sessions', { identifier, password, remember });
    if (answer?.isOk) go('me');
    else if (answer?.body.code === 'second-factor-required') {
      onFactorNeeded({ identifier, password, remember, methods: answer.body.methods ?? [] });
    } else return faultOf(answer, REFUSALS);
    return null;
  };
  return (
    <Page title={text('signInTitle')}>
      <Form submission={submission} action={text('signIn')} send={send}>
        <Field name="identifier" label={text('identifier')} autoComplete="username" />
        <Passwords
          autoComplete="current-password"
          lines={[{ name: 'password', label: text('password'), isWrong }]}
        />
        <Checkbox name="remember" label={text('remember')} />
      </Form>
      <Links to={['toForgotten', 'toRegister']} />
    </Page>
  );
}
