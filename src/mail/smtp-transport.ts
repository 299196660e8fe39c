import { createTransport } from 'nodemailer';
import { SECOND } from '../common/clock.js';
import { MailTransport, type MailMessage, type MailSender } from './mail-transport.js';
import { toMime } from './mime-message.js';

/** What nodemailer would write its conversations to the console by; never taken from the URL. */
const CHATTER = ['logger', 'debug', 'transactionLog'];

/**
 * Sends by SMTP over at most five kept connections. `smtp://` uses TLS when the server offers it,
 * `smtps://` from the start; a bad certificate is a failure unless the URL says
 * `?tls.rejectUnauthorized=false`. Nothing of the conversation, credentials least, is logged.
 */
export class SmtpTransport extends MailTransport {
  private readonly pool;

  /** @param url `SMTP_URL`; its query may set nodemailer's other options, timeouts in ms among them. */
  constructor(
    url: string,
    private readonly sender: MailSender,
  ) {
    super();
    this.pool = createTransport({
      pool: true,
      url: withoutChatter(url),
      maxConnections: 5,
      // A connection that the server closed while it was idle; every other failure is the outbox's.
      maxRequeues: 1,
      idleTimeout: 30 * SECOND,
      connectionTimeout: 5 * SECOND,
      greetingTimeout: 5 * SECOND,
      socketTimeout: 15 * SECOND,
      dnsTimeout: 5 * SECOND,
      socketCloseTimeout: SECOND / 2,
    });
  }

  async send(message: MailMessage, signal: AbortSignal): Promise<void> {
    await this.pool.sendMail({ ...toMime(message, this.sender), signal });
  }

  close(): void {
    this.pool.close({ force: true });
  }
}

function withoutChatter(url: string): string {
  const parsed = new URL(url);
  for (const name of CHATTER) parsed.searchParams.delete(name);
  return parsed.href;
}
