import type { SendMailOptions } from 'nodemailer';
import { assertMailAddress } from './mail-address.js';
import type { MailMessage, MailSender } from './mail-transport.js';

/**
 * The mail as nodemailer composes it. The recipient is an address object, so nothing in it is read
 * as a list, a name or a header; files and URLs are never fetched.
 * @throws UnusableAddress
 */
export function toMime(message: MailMessage, sender: MailSender): SendMailOptions {
  assertMailAddress(message.recipient);
  return {
    messageId: `<${message.id}@${sender.host}>`,
    date: new Date(message.createdAt),
    from: sender.from,
    to: { name: '', address: message.recipient },
    subject: message.subject,
    text: message.text,
    ...(message.html === null ? {} : { html: message.html }),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
