import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Act } from '../parts/act.js';
import { isAddress } from '../parts/address.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { NewsLine, useNews } from '../parts/news.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { ownRequest } from './own-request.js';
import type { SectionProperties, User } from './user.js';

/** What `PUT /v1/me/email` answers. */
interface Changed {
  readonly email: string;
  readonly pendingEmail: string | null;
}

/** The address of the user's mails: whether it is confirmed, and another one. */
export function EmailAddress({ user, onChange }: SectionProperties): VNode {
  const submission = useSubmission();
  const news = useNews();
  const changes = useSignal(0);
  const { email, emailConfirmed } = user;
  const resend = async (): Promise<Fault | null> => {
    const answer = await ownRequest('POST', '/v1/me/email/confirmation');
    if (!answer?.isOk) return faultOf(answer, {});
    news.tell(text('confirmationSent', { email: email ?? '' }));
    return null;
  };
  const send = async (fields: FormData): Promise<Fault | null> => {
    const wanted = typed(fields, 'newEmail').trim();
    if (!isAddress(wanted)) return fault('emailInvalid');
    const answer = await ownRequest('PUT', '/v1/me/email', { email: wanted });
    if (answer?.status === 400) return fault('emailInvalid');
    if (!answer?.isOk) return faultOf(answer, { 'identifier-taken': 'emailTaken' });
    const changed = answer.body as unknown as Changed;
    const after = await ownRequest('GET', '/v1/me');
    if (after?.isOk) onChange(after.body as unknown as User);
    changes.value += 1;
    news.tell(wordsOf(changed));
    return null;
  };
  const words = submission.fault?.words;
  return (
    <>
      <NewsLine news={news} />
      {email === null ? (
        <p>{text('emailNone')}</p>
      ) : (
        <p>
          <strong>{email}</strong>
          <br />
          {text(emailConfirmed ? 'emailIsConfirmed' : 'emailUnconfirmed')}
        </p>
      )}
      {email !== null && !emailConfirmed && <Act label={text('confirmationAgain')} act={resend} />}
      <h2>{text('emailChangeTitle')}</h2>
      <Form key={changes.value} submission={submission} action={text('emailChange')} send={send}>
        <Field
          name="newEmail"
          type="email"
          inputMode="email"
          label={text('newEmail')}
          autoComplete="email"
          isWrong={words === text('emailInvalid') || words === text('emailTaken')}
        />
      </Form>
    </>
  );
}

function wordsOf({ email, pendingEmail }: Changed): string {
  if (pendingEmail !== null) return text('emailPending', { email: pendingEmail });
  return text('emailChanged', { email });
}
