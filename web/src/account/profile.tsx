import type { VNode } from 'preact';
import { fault, faultOf, type Fault } from '../api/fault.js';
import { Field } from '../parts/field.js';
import { Form, typed } from '../parts/form.js';
import { useSubmission } from '../parts/submission.js';
import { text } from '../texts/texts.js';
import { LanguageChoice } from './language-choice.js';
import { ownRequest } from './own-request.js';
import { PublicProfile } from './public-profile.js';
import type { SectionProperties, User } from './user.js';

const PHONE = /^\+?\d{6,15}$/;
const LONGEST_NAME = 150;

/** What one says of oneself: to the service, and to everybody. */
export function Profile({ user, onChange }: SectionProperties): VNode {
  const submission = useSubmission();
  const send = async (fields: FormData): Promise<Fault | null> => {
    const phone = typed(fields, 'phone').replace(/[\s()./-]/g, '');
    if (phone !== '' && !PHONE.test(phone)) return fault('phoneInvalid');
    const locale = typed(fields, 'locale');
    const answer = await ownRequest('PATCH', '/v1/me', {
      firstName: typed(fields, 'firstName'),
      lastName: typed(fields, 'lastName'),
      phone: phone || null,
      ...(locale === '' ? {} : { locale }),
    });
    if (!answer?.isOk) return faultOf(answer, { 'identifier-taken': 'phoneTaken' });
    onChange(answer.body as unknown as User);
    return null;
  };
  const words = submission.fault?.words;
  return (
    <>
      <Form submission={submission} action={text('save')} done={text('saved')} send={send}>
        <Field
          name="firstName"
          label={text('firstName')}
          autoComplete="given-name"
          initial={user.firstName}
          maxLength={LONGEST_NAME}
          isOptional
        />
        <Field
          name="lastName"
          label={text('lastName')}
          autoComplete="family-name"
          initial={user.lastName}
          maxLength={LONGEST_NAME}
          isOptional
        />
        <Field
          name="phone"
          type="tel"
          inputMode="tel"
          label={text('phone')}
          autoComplete="tel"
          initial={user.phone ?? ''}
          isWrong={words === text('phoneInvalid') || words === text('phoneTaken')}
          isOptional
        />
        <LanguageChoice name="locale" label={text('mailLanguage')} locale={user.locale} />
      </Form>
      <PublicProfile />
    </>
  );
}
