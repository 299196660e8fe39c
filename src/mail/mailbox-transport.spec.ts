import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { UnusableAddress } from './mail-address.js';
import type { MailMessage } from './mail-transport.js';
import { MailboxTransport } from './mailbox-transport.js';

const message: MailMessage = {
  id: '0199f0a0-0000-7000-8000-000000000001',
  kind: 'set-password',
  recipient: 'zoë@example.com',
  subject: 'Ustaw swoje hasło',
  text: `Dzień dobry,\n\nhttp://localhost:3000/?token=${'a'.repeat(200)}&e=x%40y\n`,
  html: '<p>Dzień dobry</p>\n',
  createdAt: Date.UTC(2026, 10, 20, 12, 30, 15, 250),
};

describe('MailboxTransport', () => {
  let parent: string;
  let folder: string;
  let transport: MailboxTransport;
  const files = () => readdirSync(folder).map((name) => join(folder, name));

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'mailbox-'));
    folder = join(parent, 'mailbox');
    transport = new MailboxTransport(folder, { from: 'Gatehouse <no-reply@localhost>', host: 'gate.test' });
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  it('writes a whole mail that only its owner reads', async () => {
    await transport.send(message);
    expect(readdirSync(folder)).toEqual([`2026-11-20T123015.250Z-set-password-${message.id}.eml`]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(files()[0]!).mode & 0o777).toBe(0o600);
    const mail = await PostalMime.parse(readFileSync(files()[0]!));
    expect(mail.subject).toBe(message.subject);
    expect(mail.from).toEqual({ name: 'Gatehouse', address: 'no-reply@localhost' });
    expect(mail.to).toEqual([{ name: '', address: 'zoë@example.com' }]);
    expect(mail.messageId).toBe(`<${message.id}@gate.test>`);
    expect(mail.date).toBe('2026-11-20T12:30:15.000Z');
    expect(mail.text?.trim()).toBe(message.text.trim());
    expect(mail.html?.trim()).toBe(message.html?.trim());
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' });
  });

  it('leaves links in one piece for the eye', async () => {
    await transport.send(message);
    expect(readFileSync(files()[0]!, 'utf8')).toContain(`?token=${'a'.repeat(200)}&e=x%40y`);
  });

  it('writes one file for a mail that is sent twice, without a draft left', async () => {
    await transport.send(message);
    await transport.send(message);
    expect(files()).toHaveLength(1);
  });

  it('writes a text of its own without an HTML part', async () => {
    await transport.send({ ...message, html: null, text: 'Only <text> & "more"' });
    const mail = await PostalMime.parse(readFileSync(files()[0]!));
    expect(mail.html).toBeUndefined();
    expect(mail.text?.trim()).toBe('Only <text> & "more"');
  });

  it.each([
    'a@example.com\r\nBcc: evil@example.com',
    'a@example.com, evil@example.com',
    'Ada <a@example.com>',
    'a@example.com>',
    'a@b@example.com',
    'a b@example.com',
    'example.com',
    '',
  ])('refuses %j as a recipient', async (recipient) => {
    await expect(transport.send({ ...message, recipient })).rejects.toThrow(UnusableAddress);
  });

  it('reads neither files nor URLs', async () => {
    await transport.send({ ...message, html: '<img src="file:///etc/passwd">' });
    expect(readFileSync(files()[0]!, 'utf8')).not.toContain('root:');
  });
});
