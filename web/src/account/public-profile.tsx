import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { TextArea } from '../parts/text-area.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { Loading, useLoaded, type Loaded } from './loaded.js';
import { ownRequest } from './own-request.js';
import { Picture } from './picture.js';

const LONGEST_DISPLAY_NAME = 100;
const LONGEST_DESCRIPTION = 1_000;

/** What `GET /v1/me/account` answers, as far as it is shown. */
export interface Account {
  readonly id: number;
  readonly displayName: string;
  readonly description: string;
  readonly avatar: string | null;
}

/** How others see the user. */
export function PublicProfile(): VNode {
  const account = useLoaded<Account>('/v1/me/account');
  return (
    <section>
      <h2>{text('publicTitle')}</h2>
      <p>{text('publicText')}</p>
      {account.value === null ? (
        <Loading of={account} />
      ) : (
        <>
          <Names account={account.value} onChange={account.set} />
          <Picture account={account.value} onChange={account.set} />
        </>
      )}
    </section>
  );
}

interface Properties {
  readonly account: Account;
  readonly onChange: Loaded<Account>['set'];
}

function Names({ account, onChange }: Properties): VNode {
  const submission = useSubmission();
  const send = async (fields: FormData): Promise<Fault | null> => {
    const displayName = typed(fields, 'displayName').trim();
    if (displayName === '') return fault('emptyField');
    const description = typed(fields, 'description');
    const answer = await ownRequest('PATCH', `/v1/accounts/${account.id}`, { displayName, description });
    if (!answer?.isOk) return faultOf(answer, {});
    onChange(answer.body as unknown as Account);
    return null;
  };
  return (
    <Form submission={submission} action={text('save')} done={text('saved')} send={send}>
      <Field
        name="displayName"
        label={text('displayName')}
        autoComplete="nickname"
        initial={account.displayName}
        maxLength={LONGEST_DISPLAY_NAME}
      />
      <TextArea
        name="description"
        label={text('description')}
        initial={account.description}
        maxLength={LONGEST_DESCRIPTION}
      />
    </Form>
  );
}
