import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mailFileName } from './mailbox-file.js';
import { MailTransport, type MailMessage, type MailSender } from './mail-transport.js';
import { toMime } from './mime-message.js';

/**
 * The development mailbox: each mail is a whole `.eml` file, readable by its owner only, named
 * `<time without colons>-<kind>-<id>.eml`. A mail that is written twice is one file.
 */
export class MailboxTransport extends MailTransport {
  /** @param folder made on the first mail (0700). */
  constructor(
    private readonly folder: string,
    private readonly sender: MailSender,
  ) {
    super();
  }

  async send(message: MailMessage): Promise<void> {
    const composed = new MailComposer({ ...toMime(message, this.sender), ...readableParts(message) });
    const bytes = await composed.compile().build();
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const name = mailFileName(message);
    const draft = join(this.folder, `.${name}`);
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(this.folder, name));
  }

  close(): void {}
}

/** Both parts as they are rather than quoted-printable: a developer copies the link out of the file. */
function readableParts(message: MailMessage) {
  if (message.html === null) return {};
  return { text: readable('text/plain', message.text), html: readable('text/html', message.html) };
}

function readable(type: string, content: string) {
  const headers = `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit`;
  return { raw: `${headers}\r\n\r\n${content.replace(/\r?\n/g, '\r\n')}` };
}
