import { join } from 'node:path';
import type { MailMessage } from './mail-transport.js';

const NAME =
  /^\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z-[a-z][a-z-]{0,47}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.eml$/;

/** The folder in which mails are kept where no server takes them. */
export const mailboxFolder = (dataDir: string): string => join(dataDir, 'mailbox');

/** The name of a mail's file: in the order of their names mails are in the order of their writing. */
export function mailFileName({ createdAt, kind, id }: MailMessage): string {
  const time = new Date(createdAt).toISOString().replaceAll(':', '');
  return `${time}-${kind}-${id}.eml`;
}

/** True for what `mailFileName` may answer, which is never a path. */
export const isMailFileName = (name: string): boolean => NAME.test(name);
