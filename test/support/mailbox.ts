import { mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

export interface ReceivedMail extends Email {
  readonly raw: string;
  readonly kind: string;
  /** Every http(s) address in the text part, in order. */
  readonly links: readonly string[];
}

/** The development mailbox of a Gatehouse under test. */
export class TestMailbox {
  private readonly folder: string;

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'mailbox');
    mkdirSync(this.folder, { recursive: true });
  }

  /** All mails to `recipient` so far, oldest first. */
  async to(recipient: string): Promise<ReceivedMail[]> {
    const names = readdirSync(this.folder)
      // A name with a dot in front is a draft that is still being written.
      .filter((name) => name.endsWith('.eml') && !name.startsWith('.'))
      .sort();
    const mails = await Promise.all(names.map((name) => this.read(name)));
    return mails.filter((mail) => mail.to?.some((to) => to.address === recipient));
  }

  /** The first mail of a kind to `recipient`, as soon as it is there. */
  async waitForKind(recipient: string, kind: string): Promise<ReceivedMail> {
    for await (const _ of this.changes()) {
      const wanted = (await this.to(recipient)).find((mail) => mail.kind === kind);
      if (wanted) return wanted;
    }
    throw new Error('unreachable');
  }

  /** The `count`th mail to `recipient`, of those whose text matches `pattern`, as soon as it is there. */
  async waitFor(recipient: string, count = 1, pattern = /(?:)/): Promise<ReceivedMail> {
    for await (const _ of this.changes()) {
      const mails = await this.to(recipient);
      const wanted = mails.filter(({ text }) => pattern.test(text ?? ''))[count - 1];
      if (wanted) return wanted;
    }
    throw new Error('unreachable');
  }

  /** Yields once at once and again whenever the folder changes. */
  private async *changes(): AsyncGenerator<void> {
    let wake: () => void = () => undefined;
    let changed = new Promise<void>((resolve) => (wake = resolve));
    const watcher = watch(this.folder, () => wake());
    try {
      for (;;) {
        yield;
        await changed;
        changed = new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      watcher.close();
    }
  }

  private async read(name: string): Promise<ReceivedMail> {
    const raw = readFileSync(join(this.folder, name), 'utf8');
    const mail = await PostalMime.parse(raw);
    return {
      ...mail,
      raw,
      kind: /Z-(.+)-[0-9a-f]{8}-/.exec(name)?.[1] ?? '',
      links: mail.text?.match(/https?:\/\/\S+/g) ?? [],
    };
  }
}
