import { useSignal } from '@preact/signals';
import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import type { Answer } from '../api/request.js';
import { Form, typed } from '../parts/form.js';
import { faultOfNewPassword, NewPassword } from '../parts/new-password.js';
import { NewsLine, useNews } from '../parts/news.js';
import { useSubmission } from '../parts/submission.js';
import { UsernameField } from '../parts/username-field.js';
import { text, type TextName } from '../texts/texts.js';
import { ownRequest } from './own-request.js';
import { identifierOf, type SectionProperties } from './user.js';

/** What `PUT /v1/me/password` refuses a password for, by the rule that it names. */
const RULES: Readonly<Record<string, TextName>> = {
  'not-current': 'wrongPassword',
  same: 'samePassword',
  'too-common': 'insecure',
  'too-long': 'tooLong',
};

/** The password: another one, or the first. */
export function OwnPassword({ user, onChange }: SectionProperties): VNode {
  const submission = useSubmission();
  const news = useNews();
  const changes = useSignal(0);
  const send = async (fields: FormData): Promise<Fault | null> => {
    const currentPassword = typed(fields, 'currentPassword');
    if (user.hasPassword && currentPassword === '') return fault('emptyField');
    const refusal = faultOfNewPassword(fields);
    if (refusal !== null) return refusal;
    const body = {
      ...(user.hasPassword ? { currentPassword } : {}),
      password: typed(fields, 'password1'),
    };
    const answer = await ownRequest('PUT', '/v1/me/password', body, currentPassword);
    if (!answer?.isOk) return refusalOf(answer);
    onChange({ ...user, hasPassword: true });
    changes.value += 1;
    news.tell(text('passwordChanged'));
    return null;
  };
  const isCurrentWrong = submission.fault?.words === text('wrongPassword');
  return (
    <>
      <NewsLine news={news} />
      <p>{text(user.hasPassword ? 'passwordText' : 'passwordFirst')}</p>
      <Form key={changes.value} submission={submission} action={text('savePassword')} send={send}>
        <UsernameField value={identifierOf(user)} />
        <NewPassword
          refusal={isCurrentWrong ? null : submission.fault}
          present={
            user.hasPassword
              ? {
                  name: 'currentPassword',
                  label: text('presentPassword'),
                  autoComplete: 'current-password',
                  isWrong: isCurrentWrong,
                }
              : undefined
          }
        />
      </Form>
    </>
  );
}

function refusalOf(answer: Answer | null): Fault {
  const [first] = answer?.body.errors ?? [];
  if (first !== undefined) return fault(RULES[first.rule] ?? 'ruleBroken');
  return faultOf(answer, { 'wrong-credentials': 'wrongPassword', 'password-unacceptable': 'ruleBroken' });
}
