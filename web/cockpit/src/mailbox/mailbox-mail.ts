/** A mail of the development mailbox, as `GET /v1/mailbox` shows it. */
export interface MailboxMail {
  readonly name: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string | null;
  readonly text: string;
}

export const MAILBOX_PATH = '/v1/mailbox';
