import type { VNode } from 'preact';
import { faultOf, type Fault } from '../api/fault.js';
import { Checkbox } from '../parts/checkbox.js';
import { Form } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';
import type { SectionProperties, User } from './user.js';

/** Whether the user is written to about what is not his account's safety. */
export function Notifications({ user, onChange }: SectionProperties): VNode {
  const submission = useSubmission();
  const send = async (fields: FormData): Promise<Fault | null> => {
    const answer = await ownRequest('PATCH', '/v1/me', { emailNotifications: fields.has('notifications') });
    if (!answer?.isOk) return faultOf(answer, {});
    onChange(answer.body as unknown as User);
    return null;
  };
  return (
    <>
      <p>{text('notificationsText')}</p>
      <Form submission={submission} action={text('save')} done={text('saved')} send={send}>
        <Checkbox
          name="notifications"
          label={text('notificationsChoice')}
          isTicked={user.emailNotifications}
        />
      </Form>
    </>
  );
}
