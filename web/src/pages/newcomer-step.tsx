import type { VNode } from 'preact';
import { fault, type Fault } from '../api/fault.js';
import { isSignedIn } from '../api/whoami.js';
import { enter, faultOfEntering, isProofRefused, type AccountElsewhere } from '../elsewhere/enter.js';
import { isAddress } from '../parts/address.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { Page } from '../parts/page.js';
import { useSubmission } from '../parts/submission.js';
import { providerName } from '../providers.js';
import { go } from '../route.js';
import { text } from '../texts/texts.js';

interface Properties {
  readonly account: AccountElsewhere;
  /** The sign-in page is to be shown again. */
  readonly onOver: (why: Fault | null) => void;
}

/** Makes an account for who has signed in elsewhere and is new here: he types his address. */
export function NewcomerStep({ account, onOver }: Properties): VNode {
  const submission = useSubmission();
  const send = async (fields: FormData): Promise<Fault | null> => {
    const address = typed(fields, 'email').trim();
    if (!isAddress(address)) return fault('emailInvalid');
    const answer = await enter(account, address);
    // The account may have been made by the sending whose answer was lost.
    const isMade = isProofRefused(answer) && submission.hasLostAnAnswer && (await isSignedIn(address));
    if (answer?.isOk || isMade) go('me');
    else if (isProofRefused(answer)) onOver(fault('stepOver'));
    else return faultOfEntering(answer);
    return null;
  };
  return (
    <Page title={text('newcomerTitle')}>
      <Form submission={submission} action={text('register')} send={send}>
        <p>{text('newcomerText', { provider: providerName(account.provider) })}</p>
        <Field
          name="email"
          type="email"
          inputMode="email"
          label={text('email')}
          autoComplete="email"
          isWrong={submission.fault !== null && !submission.fault.isUnsure}
        />
      </Form>
      <p class="quiet">{text('newcomerHint')}</p>
      <button type="button" class="plain" onClick={() => onOver(null)}>
        {text('back')}
      </button>
    </Page>
  );
}
