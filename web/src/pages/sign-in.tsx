import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { takeParting } from '../account/session-end.js';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { request } from '../api/request.js';
import type { AccountElsewhere } from '../elsewhere/enter.js';
import { Checkbox } from '../parts/checkbox.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Links } from '../parts/links.js';
import { Page } from '../parts/page.js';
import { Passwords } from '../parts/passwords.js';
import { useSubmission } from '../parts/submission.js';
import { usePasskeyOffer } from '../passkeys/passkey-offer.js';
import { signInByPasskey } from '../passkeys/passkey-sign-in.js';
import { canUsePasskeys } from '../passkeys/passkeys.js';
import { providers } from '../providers.js';
import { registration } from '../registration.js';
import { go } from '../route.js';
import { text, type TextName } from '../texts/texts.js';
import { ElsewhereForm } from './elsewhere-form.js';
import { SIGN_IN_REFUSALS, type FirstStep } from './first-step.js';
import { NewcomerStep } from './newcomer-step.js';
import { SecondStep } from './second-step.js';

/**
 * Signs in by passkey, by an account elsewhere, whose owner is asked for his address when he is new, or
 * by password, and then asks for the second factor of who has one.
 */
export function SignIn(): VNode {
  const first = useSignal<FirstStep | null>(null);
  const newcomer = useSignal<AccountElsewhere | null>(null);
  const [parting] = useState(takeParting);
  const over = useSignal<Fault | null>(parting);
  const begin = (why: Fault | null): void => {
    over.value = why;
    first.value = null;
    newcomer.value = null;
  };
  if (newcomer.value !== null) return <NewcomerStep account={newcomer.value} onOver={begin} />;
  if (first.value === null) {
    return (
      <FirstPage
        initial={over.value}
        onFactorNeeded={(step) => (first.value = step)}
        onAddressWanted={(account) => (newcomer.value = account)}
      />
    );
  }
  return <SecondStep first={first.value} onOver={begin} />;
}

interface Properties {
  readonly initial: Fault | null;
  readonly onFactorNeeded: (step: FirstStep) => void;
  readonly onAddressWanted: (account: AccountElsewhere) => void;
}

function FirstPage({ initial, onFactorNeeded, onAddressWanted }: Properties): VNode {
  const submission = useSubmission(initial);
  const byPasskey = useSubmission();
  const remember = useSignal(false);
  usePasskeyOffer(byPasskey, () => remember.peek());
  const isRefusedFor = (name: TextName) => submission.fault?.words === text(name);
  const isWrong = isRefusedFor('wrongCredentials');
  const needsLink = isRefusedFor('emailNotConfirmed') || isRefusedFor('passwordExpired');
  const send = async (fields: FormData): Promise<Fault | null> => {
    const identifier = typed(fields, 'identifier').trim();
    const password = typed(fields, 'password');
    if (!identifier || !password) return fault('emptyField');
    const credentials = { identifier, password, remember: remember.peek() };
    const answer = await request('POST', '/v1/sessions', credentials);
    if (answer?.isOk) go('me');
    else if (answer?.body.code === 'second-factor-required') {
      const { methods = [] } = answer.body;
      if (methods.length === 0) return fault('factorMissing');
      onFactorNeeded({ ...credentials, methods });
    } else return faultOf(answer, SIGN_IN_REFUSALS);
    return null;
  };
  return (
    <Page title={text('signInTitle')}>
      <Form submission={submission} action={text('signIn')} send={send}>
        <Field name="identifier" label={text('identifier')} autoComplete="username webauthn" />
        <Passwords
          autoComplete="current-password"
          lines={[{ name: 'password', label: text('password'), isWrong }]}
        />
        <Checkbox
          name="remember"
          label={text('remember')}
          onChange={(isTicked) => (remember.value = isTicked)}
        />
      </Form>
      {canUsePasskeys() && (
        <Form
          submission={byPasskey}
          action={text('signInByPasskey')}
          isSecondary
          send={() => signInByPasskey(remember.peek())}
        />
      )}
      {providers.map((provider) => (
        <ElsewhereForm
          key={provider}
          provider={provider}
          remember={() => remember.peek()}
          onAddressWanted={onAddressWanted}
        />
      ))}
      <Links
        to={[
          needsLink ? 'toNewPassword' : 'toForgotten',
          'toLink',
          ...(registration === 'closed' ? [] : (['toRegister'] as const)),
        ]}
      />
    </Page>
  );
}
