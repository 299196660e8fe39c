import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A mail as a server took it. */
export interface DeliveredMail extends Email {
  /** Every http(s) address in the text part, in order. */
  readonly links: readonly string[];
  /** When it was taken, ms since 1970. */
  readonly at: number;
}

/** A real SMTP server that takes every mail. */
export class TestSmtp {
  readonly mails: DeliveredMail[] = [];
  private readonly waiting = new Set<() => void>();
  private readonly server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        callback();
        void this.take(Buffer.concat(chunks));
      });
    },
  });

  /** Listens; answers the SMTP_URL. */
  async listen(port = 0): Promise<string> {
    this.server.on('error', () => undefined);
    const listener = this.server.listen(port, '127.0.0.1');
    await once(listener, 'listening');
    return `smtp://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  }

  /** The mails, as soon as there are `count`. */
  async received(count: number): Promise<readonly DeliveredMail[]> {
    while (this.mails.length < count) await new Promise<void>((resolve) => this.waiting.add(resolve));
    return this.mails;
  }

  /** The first link of that kind in a mail to `recipient`, as soon as it was taken. */
  async linkTo(recipient: string, kind: RegExp): Promise<string> {
    for (let count = 1; ; count += 1) {
      const mail = (await this.received(count))[count - 1];
      const link = mail?.links.find((link) => kind.test(link));
      if (link && isTo(mail, recipient)) return link;
    }
  }

  /** All mails to `recipient` so far. */
  to(recipient: string): readonly DeliveredMail[] {
    return this.mails.filter((mail) => isTo(mail, recipient));
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async take(bytes: Buffer): Promise<void> {
    const at = Date.now();
    const mail = await PostalMime.parse(bytes);
    this.mails.push({ ...mail, links: mail.text?.match(/https?:\/\/\S+/g) ?? [], at });
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }
}

const isTo = (mail: DeliveredMail | undefined, recipient: string): boolean =>
  mail?.to?.some((to) => to.address === recipient) ?? false;

/** Something that takes connections as an SMTP server does, and then hangs. */
export class HangingSmtp {
  private readonly sockets = new Set<Socket>();
  private reach: () => void = () => undefined;
  /** Resolves when it has been brought to where it hangs. */
  readonly reached = new Promise<void>((resolve) => (this.reach = resolve));
  private readonly server: Server;

  /** @param hangs before its greeting, or after it has been given a whole mail. */
  constructor(hangs: 'before greeting' | 'after mail') {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      if (hangs === 'after mail') this.converse(socket);
      else this.reach();
    });
  }

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `smtp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private converse(socket: Socket): void {
    let mail: string | null = null;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      const said = chunk.toString('utf8');
      if (mail !== null) {
        mail += said;
        if (mail.endsWith('\r\n.\r\n')) this.reach();
        return;
      }
      if (/^DATA/i.test(said)) mail = '';
      socket.write(mail === null ? '250 fine\r\n' : '354 go on\r\n');
    });
  }
}
