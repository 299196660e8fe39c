import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import type { CreationOptions } from '../passkeys/ceremony.js';
import { load, makePasskey } from '../passkeys/passkeys.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';
import { PASSKEY_REFUSALS } from './passkey-refusals.js';
import { LONGEST_NAME } from './passkey-entry.js';
import { programOf } from './program.js';

const ROUTE = '/v1/me/passkeys';

/** Has the browser make a passkey, under a name that it proposes. */
export function AddPasskey({
  onAdded,
}: {
  readonly onAdded: (recoveryCodes: readonly string[]) => Promise<Fault | null>;
}): VNode {
  const submission = useSubmission();
  const made = useSignal(0);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const name = typed(fields, 'passkeyName').trim();
    if (name === '') return fault('emptyField');
    const [options] = await Promise.all([ownRequest('POST', `${ROUTE}/options`), load()]);
    if (!options?.isOk) return faultOf(options, { 'too-many-passkeys': 'passkeysFull' });
    const passkey = await makePasskey(options.body as unknown as CreationOptions);
    if ('refusal' in passkey) return fault(PASSKEY_REFUSALS[passkey.refusal]);
    const answer = await ownRequest('POST', ROUTE, { name, response: passkey.credential });
    if (!answer?.isOk) {
      return faultOf(answer, {
        'passkey-refused': 'passkeyRefused',
        'passkey-exists': 'passkeyThere',
        'too-many-passkeys': 'passkeysFull',
      });
    }
    made.value += 1;
    return onAdded((answer.body as unknown as { recoveryCodes: string[] }).recoveryCodes);
  };
  return (
    <section>
      <h2>{text('passkeyAddTitle')}</h2>
      <Form key={made.value} submission={submission} action={text('passkeyAdd')} send={send}>
        <Field
          name="passkeyName"
          label={text('passkeyName')}
          autoComplete="off"
          initial={programOf(navigator.userAgent).slice(0, LONGEST_NAME)}
          maxLength={LONGEST_NAME}
        />
      </Form>
    </section>
  );
}
