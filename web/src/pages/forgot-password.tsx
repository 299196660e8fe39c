import type { VNode } from 'preact';
import { AskForMail } from '../parts/ask-for-mail.js';
import { text } from '../texts/texts.js';

/** Asks for a mail with a link to choose a new password. */
export function ForgotPassword(): VNode {
  return (
    <AskForMail
      title={text('forgottenTitle')}
      explanation={text('forgottenText')}
      path="/api/v1.1/auth/reset-password/"
    />
  );
}
