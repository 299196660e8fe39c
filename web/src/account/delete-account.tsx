import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';
import { identifierOf, type SectionProperties } from './user.js';

/** Deletes the account, for who types its name. */
export function DeleteAccount({ user, onDeleted }: Pick<SectionProperties, 'user' | 'onDeleted'>): VNode {
  const submission = useSubmission();
  const name = identifierOf(user);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const wanted = typed(fields, 'accountName').trim();
    if (wanted.toLowerCase() !== name.toLowerCase()) return fault('deleteOther');
    const answer = await ownRequest('DELETE', '/v1/me');
    if (!answer?.isOk) return faultOf(answer, { 'last-superuser': 'deleteLast' });
    onDeleted();
    return null;
  };
  return (
    <Form submission={submission} action={text('deleteAccount')} send={send}>
      <Field
        name="accountName"
        label={text('deleteType', { name })}
        autoComplete="off"
        isWrong={submission.fault?.words === text('deleteOther')}
      />
    </Form>
  );
}
