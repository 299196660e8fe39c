import type { VNode } from 'preact';
import { AskForMail } from '../parts/ask-for-mail.js';
import { text } from '../texts/texts.js';

/** Asks for a mail with a link that signs in. */
export function SignInLink(): VNode {
  return (
    <AskForMail title={text('askLinkTitle')} explanation={text('askLinkText')} path="/v1/sign-in-links" />
  );
}
