/** One mail to one recipient, complete. */
export interface MailMessage {
  /** The outbox id; becomes the Message-ID, so that a mail sent twice is recognised. */
  readonly id: string;
  readonly kind: string;
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** When the mail was written, ms since 1970: its Date. */
  readonly createdAt: number;
}

/** What the operator says about every mail. */
export interface MailSender {
  /** `MAIL_FROM`. */
  readonly from: string;
  /** The host of `PUBLIC_URL`, for Message-IDs. */
  readonly host: string;
}

/** Hands mails over: to an SMTP server, or to a folder while developing. */
export abstract class MailTransport {
  /**
   * Resolves when the mail has been taken and will not be lost; rejects otherwise, and soon after
   * `signal` is aborted. After a rejection the mail may have been taken all the same.
   */
  abstract send(message: MailMessage, signal: AbortSignal): Promise<void>;

  /** Lets go of every connection at once. */
  abstract close(): void;
}
